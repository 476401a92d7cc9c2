"""What the samples must say for January-November 2025: the published year of 大洋 and ten cities around it that make its
ranks true.
"""

from __future__ import annotations

TOUCHPOINTS = ("overall", "hall", "network", "promotion", "complaint_handling", "new_business")

# City: complaints per 10,000 customers; escalated complaints; hotline first-contact resolution, per cent.
COMPLAINTS: dict[str, tuple[float, int, float]] = {
    "DY": (13.9, 233, 95.0),
    "LJ": (17.2, 941, 88.4),
    "BP": (19.8, 587, 85.1),
    "QL": (16.4, 301, 86.9),
    "YZ": (12.7, 171, 91.2),
    "WH": (21.5, 724, 83.0),
    "JG": (15.1, 322, 89.7),
    "SQ": (24.6, 498, 79.4),
    "YC": (18.3, 207, 84.2),
    "NP": (22.9, 268, 81.7),
    "SL": (20.4, 334, 82.6),
}

# City: mean score of the standard survey for each touchpoint, in the order of TOUCHPOINTS.
# Complaint handling of the others is moved so that the province comes out as PROVINCE_COMPLAINT_HANDLING.
STANDARD: dict[str, tuple[float, float, float, float, float, float]] = {
    "DY": (84.36, 88.42, 79.15, 76.83, 57.58, 77.94),
    "LJ": (82.71, 89.17, 77.02, 77.65, 49.3, 79.26),
    "BP": (80.25, 85.33, 74.68, 72.4, 45.6, 74.15),
    "QL": (81.94, 86.9, 77.83, 74.12, 50.2, 75.6),
    "YZ": (83.58, 87.76, 80.32, 75.48, 58.66, 76.31),
    "WH": (78.87, 84.05, 73.11, 71.93, 43.8, 78.52),
    "JG": (82.06, 87.21, 76.44, 73.87, 51.4, 74.88),
    "SQ": (76.93, 82.64, 70.96, 69.58, 40.9, 71.37),
    "YC": (80.88, 85.97, 75.29, 72.95, 47.1, 73.06),
    "NP": (78.14, 83.38, 72.57, 70.26, 42.6, 70.81),
    "SL": (79.52, 84.71, 73.96, 71.14, 44.7, 72.45),
}
PROVINCE_COMPLAINT_HANDLING = 48.88

# City: mystery shopping, callback, two-way evaluation, self-service share of recharges (per cent), brand assessment.
HALLS: dict[str, tuple[float, float, float, float, float]] = {
    "DY": (93.81, 86.55, 94.32, 62.47, 67.2),
    "LJ": (92.15, 87.02, 93.4, 64.18, 68.5),
    "BP": (88.74, 82.6, 89.15, 55.3, 63.8),
    "QL": (90.62, 84.33, 91.7, 57.92, 65.1),
    "YZ": (91.88, 85.94, 92.86, 59.4, 66.4),
    "WH": (86.3, 80.15, 86.92, 61.05, 64.2),
    "JG": (89.97, 83.81, 90.48, 56.71, 65.7),
    "SQ": (83.42, 77.38, 84.05, 48.26, 59.6),
    "YC": (87.56, 81.44, 88.3, 51.87, 62.9),
    "NP": (85.09, 78.92, 85.66, 46.55, 60.8),
    "SL": (86.81, 79.87, 87.54, 53.14, 61.7),
}

# City: mean mid- and high-end customers, and their target for 2025.
MID_HIGH_END: dict[str, tuple[int, int]] = {
    "DY": (352_700, 320_050),
    "LJ": (758_300, 740_000),
    "BP": (386_500, 405_000),
    "QL": (241_900, 240_000),
    "YZ": (226_400, 215_000),
    "WH": (497_200, 520_000),
    "JG": (351_800, 345_000),
    "SQ": (248_600, 275_000),
    "YC": (178_900, 182_000),
    "NP": (139_700, 155_000),
    "SL": (226_100, 236_000),
}

# City: in November 2025, per cent of the snapshot: retained, hard, soft, overall and deep binding. 大洋's snapshot
# divides evenly.
RETENTION: dict[str, tuple[float, float, float, float, float]] = {
    "DY": (85.5, 48.4, 60.1, 72.7, 54.3),
    "LJ": (86.7, 50.2, 61.8, 75.1, 55.9),
    "BP": (82.9, 44.1, 55.7, 68.0, 48.6),
    "QL": (84.3, 46.9, 57.2, 70.4, 51.2),
    "YZ": (86.1, 49.5, 58.9, 73.3, 53.7),
    "WH": (81.4, 42.8, 54.3, 66.1, 46.9),
    "JG": (84.8, 47.3, 58.1, 71.6, 52.0),
    "SQ": (78.6, 39.2, 50.4, 61.7, 42.3),
    "YC": (83.5, 45.0, 56.6, 69.2, 49.8),
    "NP": (79.9, 40.7, 51.9, 63.4, 44.1),
    "SL": (81.0, 43.3, 53.2, 65.5, 46.0),
}
SNAPSHOTS: dict[str, int] = {"DY": 340_000}
