"""Pure statistics: arrays in, arrays out; NaN means not known.

Nothing here knows units, metrics, months' names or screens.
"""
