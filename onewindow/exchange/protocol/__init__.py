"""The exchange's language: signed JSON over HTTP. Knows neither Django nor the product; see docs/exchange.md."""
