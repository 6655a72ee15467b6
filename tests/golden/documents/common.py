"""What the invented papers share: the fictional province Bình An, its bodies, one task, its people."""

from dataclasses import dataclass
from typing import Any, cast

from core.documents.letter import Header

LAW = "Luật Khoa học, công nghệ và đổi mới sáng tạo"
DECREE = "Nghị định số 267/2025/NĐ-CP ngày 14 tháng 10 năm 2025 của Chính phủ quy định chi tiết và hướng dẫn thi hành"
BASES = [
    f"Căn cứ {LAW} ngày 27 tháng 6 năm 2025",
    f"Căn cứ {DECREE} một số điều của {LAW} về nhiệm vụ khoa học và công nghệ",
]
BLANK = "\u00a0" * 10


@dataclass(frozen=True)
class Sample:
    """A paper: its kind, frame and facts."""

    kind: str
    header: Header
    facts: dict[str, Any]


def _header(parent: str, body: str, authority: str, **given: Any) -> Header:
    frame = {
        "draft": False,
        "parent_name": parent,
        "body_name": body,
        "place": "Bình An",
        "authority": authority,
        "date_line": "ngày\u00a005 tháng\u00a002 năm\u00a02026",
    }
    return cast("Header", frame | given)


def department(symbol: str) -> Header:
    return _header(
        "Ủy ban nhân dân tỉnh Bình An",
        "Sở Khoa học và Công nghệ",
        "Giám đốc Sở Khoa học và Công nghệ",
        symbol=symbol,
        symbol_blank=BLANK + symbol[symbol.index("/") :],
        signer_lines=["GIÁM ĐỐC"],
        signer_name="Nguyễn Thị Ngọc Ánh",
    )


def deputy(symbol: str) -> Header:
    return Header(
        **{**department(symbol), "signer_lines": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"], "signer_name": "Trần Quốc Việt"}
    )


def committee(symbol: str) -> Header:
    name = "Ủy ban nhân dân tỉnh Bình An"
    return _header(
        "",
        name,
        f"Chủ tịch {name}",
        symbol=symbol,
        symbol_blank=BLANK + symbol[symbol.index("/") :],
        signer_lines=["CHỦ TỊCH"],
        signer_name="Phạm Văn Thịnh",
    )


def fund(symbol: str) -> Header:
    name = "Quỹ Phát triển khoa học và công nghệ"
    return _header(
        "Sở Khoa học và Công nghệ",
        name,
        f"Giám đốc {name}",
        symbol=symbol,
        symbol_blank=BLANK + symbol[symbol.index("/") :],
        signer_lines=["GIÁM ĐỐC"],
        signer_name="Đỗ Minh Quân",
    )


PAPER = {"body": "SKHCN"}
OFFICIAL = {
    "body": "SKHCN",
    "drafting_unit": "QLKH",
    "proposed_by": "Trưởng phòng Quản lý khoa học",
    "bases": [],
    "recipients": ["Ủy ban nhân dân tỉnh (để báo cáo)", "Cổng thông tin điện tử của Sở"],
    "implementers": ["Trưởng phòng Quản lý khoa học", "Viện Nghiên cứu Nông nghiệp Bình An"],
}
TASK = {
    "code": "NV.2026.0012",
    "title": "Nghiên cứu ứng dụng trí tuệ nhân tạo trong dự báo sâu bệnh hại lúa tại tỉnh Bình An",
    "host": "Viện Nghiên cứu Nông nghiệp Bình An",
    "principal_investigator": "TS. Lê Hoàng Nam",
    "field": "Khoa học nông nghiệp",
    "months": 24,
    "starts_on": "2026-03-02",
    "ends_on": "2028-03-01",
}
BUDGET = {"total": 1_285_500_000, "state": 985_500_000, "other": 300_000_000, "lump_sum": "Khoán chi từng phần"}
PRODUCTS = [
    {"name": "Mô hình dự báo sâu bệnh hại lúa", "quantity": "01", "indicator": "Độ chính xác từ 85 %"},
    {"name": "Phần mềm cảnh báo trên điện thoại", "quantity": "01", "indicator": "Vận hành tại 10 xã, 500 người dùng"},
    {"name": "Bài báo khoa học trong nước", "quantity": "02", "indicator": "Đăng trên tạp chí có mã số chuẩn quốc tế"},
]
INSTALMENTS = [
    {"number": 1, "year": 2026, "amount": 492_750_000, "condition": "Sau khi Hợp đồng có hiệu lực"},
    {"number": 2, "year": 2027, "amount": 295_650_000, "condition": "Kiểm tra định kỳ đạt, quyết toán từ 70 % đợt 1"},
    {"number": 3, "year": 2028, "amount": 197_100_000, "condition": "Sau khi nghiệm thu và đăng ký kết quả"},
]
PARTY_A = {
    "name": "Sở Khoa học và Công nghệ tỉnh Bình An",
    "address": "Số 12 đường Trần Phú, phường Bình An, tỉnh Bình An",
    "representative": "Nguyễn Thị Ngọc Ánh",
    "position": "Giám đốc",
    "account": "9527.1.000001",
    "bank": "Kho bạc Nhà nước khu vực Bình An",
    "tax_code": "2300000001",
}
PARTY_B = {
    "name": "Viện Nghiên cứu Nông nghiệp Bình An",
    "address": "Xã Tân Phúc, tỉnh Bình An",
    "representative": "Vũ Đình Khôi",
    "position": "Viện trưởng",
    "account": "3713.0.000002",
    "bank": "Kho bạc Nhà nước khu vực Bình An",
    "tax_code": "2300000002",
}


def member(name, unit, role):
    return {"name": name, "unit": unit, "role": role}


MEMBERS = [
    member("GS.TS. Trần Đức Minh", "Đại học Nông Lâm Bình An", "Chủ tịch"),
    member("PGS.TS. Hoàng Thị Mai", "Viện Cây lương thực", "Phó Chủ tịch"),
    member("TS. Bùi Quang Huy", "Trung tâm Khuyến nông tỉnh", "Ủy viên phản biện 1"),
    member("TS. Đặng Thùy Dương", "Đại học Công nghệ", "Ủy viên phản biện 2"),
    member("ThS. Phan Văn Lực", "Hội Nông dân tỉnh", "Ủy viên"),
    member("ThS. Ngô Thị Yến", "Sở Nông nghiệp và Môi trường", "Ủy viên"),
    member("TS. Tạ Hữu Nghĩa", "Viện Tin học", "Thư ký khoa học"),
]


def paper(name, symbol, date, issuer="Sở Khoa học và Công nghệ"):
    return {"name": name, "symbol": symbol, "date": date, "issuer": issuer}


FOUNDING = paper("Quyết định", "18/QĐ-SKHCN", "2026-01-15")
APPROVAL = paper("Quyết định", "220/QĐ-UBND", "2026-02-14", "Chủ tịch Ủy ban nhân dân tỉnh Bình An")
CONTRACT = paper("Hợp đồng", "03/2026/HĐKHCN-SKHCN", "2026-03-02", "")
ACCEPTANCE = paper("Biên bản nghiệm thu", "09/BB-SKHCN", "2028-04-20", "Hội đồng tư vấn đánh giá, nghiệm thu")
