"""The search for duplicates: shared runs of three words."""

from proposals.selectors.runs import longest_passage, numbered, shingles
from proposals.selectors.similar import Candidate, search


def text(code, title, body=""):
    return Candidate("proposal", code, title, "listed", body)


def test_runs_of_three_words_without_marks_and_capitals():
    assert shingles("Đề tài Nghiên cứu") == [("de", "tai", "nghien"), ("tai", "nghien", "cuu")]


def test_letters_of_another_alphabet_hide_no_copy():
    # The o of the second and the e of the third word are Cyrillic.
    assert shingles("giống l\u043ea chịu h\u0435n") == shingles("giống loa chịu hen")


def test_a_text_shorter_than_three_words_has_no_runs():
    assert shingles("Đề tài") == []


def test_a_copy_without_marks_is_found_whole():
    asked = "Nghiên cứu quy trình nuôi tôm thẻ chân trắng"
    found = search(asked, [text("A", "nghien cuu quy trinh nuoi tom the chan trang")])
    assert [(match.candidate.code, match.percent, match.passage) for match in found] == [("A", 100, asked)]


def test_a_longer_text_that_holds_the_asked_one_counts_by_the_shorter():
    asked = "nuôi tôm thẻ chân trắng tuần hoàn"
    body = "Dự án xây dựng mô hình nuôi tôm thẻ chân trắng tuần hoàn tại ba xã ven biển của tỉnh"
    assert [match.percent for match in search(asked, [text("A", "Mô hình mới", body)])] == [100]


def test_texts_with_another_subject_are_not_shown():
    asked = "Nghiên cứu quy trình nuôi tôm thẻ chân trắng"
    assert search(asked, [text("A", "Số hóa di sản quan họ phục vụ du lịch")]) == []


def test_the_nearest_comes_first():
    asked = "một hai ba bốn năm sáu bảy tám"
    half, whole = text("A", "một hai ba bốn năm chín mười mười"), text("B", asked)
    assert [match.candidate.code for match in search(asked, [half, whole])] == ["B", "A"]


def test_the_number_of_a_run_is_the_same_in_every_process_and_fits_both_databases():
    assert numbered("Đề tài nghiên cứu") == {
        -481262463093801844: ("de", "tai", "nghien"),
        -7941440491205620625: ("tai", "nghien", "cuu"),
    }


def test_runs_that_say_nothing_do_not_count():
    asked = "phát triển kinh tế trên địa bàn tỉnh"
    others = [text("A", f"{asked} chủ đề riêng biệt hẳn")]
    assert [match.percent for match in search(asked, others)] == [100]
    assert search(asked, others, common=shingles(asked)) == []


def test_the_longest_shared_passage_is_cited_as_it_was_written():
    shared: set[tuple[str, ...]] = {("nuoi", "tom", "the"), ("tom", "the", "chan"), ("mot", "hai", "ba")}
    assert longest_passage("Một hai ba rồi Nuôi tôm thẻ chân", shared) == "Nuôi tôm thẻ chân"
