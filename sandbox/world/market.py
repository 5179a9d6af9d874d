"""On-chain fee rates and the price of a bitcoin: a step each block, the series kept."""
import bisect
import math

USUAL_RATE = 4.0  # sat/vB
RATES = {"EUR": 0.92, "GBP": 0.79, "CAD": 1.36, "CHF": 0.88, "AUD": 1.52, "JPY": 150.1}


class Market:
    def __init__(self, chance):
        self._chance = chance
        self._rate = chance.near(USUAL_RATE, 0.5)
        self._usd = chance.near(60_000, 0.2)
        self.series = []  # of (at, precise fees, USD), oldest first

    def step(self, seconds):
        self._rate *= math.exp(0.03 * math.log(USUAL_RATE / self._rate) + self._chance.gauss(0, 0.12))
        self._rate = max(self._rate, 0.15)
        self._usd *= math.exp(self._chance.gauss(0, 0.002))
        factors = {"fastestFee": 1.5, "halfHourFee": 1.2, "hourFee": 1.0, "economyFee": 0.5}
        fees = {name: max(0.1, round(self._rate * factor, 3)) for name, factor in factors.items()}
        self.series.append((seconds, {**fees, "minimumFee": 0.1}, round(self._usd)))

    def at(self, seconds):
        """The newest step that is not after `seconds`, or None."""
        found = bisect.bisect_right(self.series, seconds, key=lambda step: step[0])
        return self.series[found - 1] if found else None

    def precise_fees(self):
        return self.series[-1][1]

    def rounded_fees(self):
        return {name: max(1, math.ceil(rate)) for name, rate in self.series[-1][1].items()}


def prices(usd):
    return {"USD": usd, **{currency: round(usd * rate) for currency, rate in RATES.items()}}
