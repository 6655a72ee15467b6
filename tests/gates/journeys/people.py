"""Who acts in the journeys: the accounts of the fictional province by the part they play."""

OFFICER, SECOND_OFFICER = "chuyenvien", "chuyenvien2"
HEAD, DIRECTOR, CHAIR = "truongphong", "giamdoc", "chutich"
CLERK, SECRETARY = "vanthu", "thuky"
FUND_OFFICER, ACCOUNTANT, FUND_DIRECTOR = "canboquy", "ketoantruong", "giamdocquy"
RESEARCHER, SIGNER = "nghiencuu011", "thutruong01"
EXPERTS = [f"chuyengia{number:02d}" for number in range(1, 10)]
