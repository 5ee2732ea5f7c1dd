namespace Plumbline.Otlp.Pricing;

/// <summary>A price as whole numbers, 10^-18 dollars a token, so that the cost of a call is exact and needs no decimals.</summary>
internal sealed class TokenRates
{
    private const decimal AttoPerMillionth = 1_000_000_000_000m;
    private const int AttoPerPico = 1_000_000;

    private readonly long _input;
    private readonly long _output;
    private readonly long _cached;
    private readonly long _written;
    private readonly long _reasoning;
    private readonly long _longInput;
    private readonly TokenRates? _above;

    public TokenRates(ModelPrice price)
        : this(price.Input, price.Output, price.CachedInput, price.CacheWrite, price.Reasoning)
    {
        ValidFrom = price.ValidFrom;
        if (price.Above is not { } longer) return;
        _longInput = longer.InputTokens;
        _above = new(longer.Input, longer.Output, longer.CachedInput ?? price.CachedInput, longer.CacheWrite ?? price.CacheWrite, price.Reasoning);
    }

    private TokenRates(decimal input, decimal output, decimal? cached, decimal? written, decimal? reasoning)
    {
        _input = Atto(input);
        _output = Atto(output);
        _cached = Atto(cached ?? input);
        _written = Atto(written ?? input);
        _reasoning = Atto(reasoning ?? output);
    }

    public DateOnly ValidFrom { get; }

    /// <summary>The cost of a call in pico-dollars; false when it is beyond what can be stored.</summary>
    public bool TryCost(in TokenCounts tokens, out long picoDollars)
    {
        if (_above is not null && tokens.Input > _longInput) return _above.TryCost(tokens, out picoDollars);
        var fromCache = Math.Clamp(tokens.CachedInput, 0, tokens.Input);
        var toCache = Math.Clamp(tokens.CacheWrite, 0, tokens.Input - fromCache);
        var thought = Math.Clamp(tokens.Reasoning, 0, tokens.Output);
        var atto = ((Int128)(tokens.Input - fromCache - toCache) * _input) + ((Int128)fromCache * _cached) + ((Int128)toCache * _written)
            + ((Int128)(tokens.Output - thought) * _output) + ((Int128)thought * _reasoning);
        return Round(atto, out picoDollars);
    }

    // Half to even, as decimal.Round does.
    private static bool Round(Int128 atto, out long picoDollars)
    {
        picoDollars = 0;
        if (atto > (Int128)(long.MaxValue / 2) * AttoPerPico) return false;
        var whole = atto <= long.MaxValue ? (long)atto / AttoPerPico : (long)(atto / AttoPerPico);
        var rest = (long)(atto - ((Int128)whole * AttoPerPico));
        picoDollars = rest > AttoPerPico / 2 || (rest == AttoPerPico / 2 && whole % 2 != 0) ? whole + 1 : whole;
        return true;
    }

    private static long Atto(decimal dollarsPerMillion) => (long)decimal.Round(dollarsPerMillion * AttoPerMillionth);
}
