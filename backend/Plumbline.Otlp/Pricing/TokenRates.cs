namespace Plumbline.Otlp.Pricing;

/// <summary>A price as whole numbers, 10^-18 dollars a token, so that the cost of a call is exact and needs no decimals.</summary>
internal sealed class TokenRates
{
    private const decimal AttoPerMillionth = 1_000_000_000_000m;
    private const int AttoPerPico = 1_000_000;

    private readonly long input;
    private readonly long output;
    private readonly long cached;
    private readonly long written;
    private readonly long reasoning;
    private readonly long longInput;
    private readonly TokenRates? above;

    public TokenRates(ModelPrice price)
        : this(price.Input, price.Output, price.CachedInput, price.CacheWrite, price.Reasoning)
    {
        ValidFrom = price.ValidFrom;
        if (price.Above is not { } longer) return;
        longInput = longer.InputTokens;
        above = new(longer.Input, longer.Output, longer.CachedInput ?? price.CachedInput, longer.CacheWrite ?? price.CacheWrite, price.Reasoning);
    }

    private TokenRates(decimal input, decimal output, decimal? cached, decimal? written, decimal? reasoning)
    {
        this.input = Atto(input);
        this.output = Atto(output);
        this.cached = Atto(cached ?? input);
        this.written = Atto(written ?? input);
        this.reasoning = Atto(reasoning ?? output);
    }

    public DateOnly ValidFrom { get; }

    /// <summary>The cost of a call in pico-dollars; false when it is beyond what can be stored.</summary>
    public bool TryCost(in TokenCounts tokens, out long picoDollars)
    {
        if (above is not null && tokens.Input > longInput) return above.TryCost(tokens, out picoDollars);
        var fromCache = Math.Clamp(tokens.CachedInput, 0, tokens.Input);
        var toCache = Math.Clamp(tokens.CacheWrite, 0, tokens.Input - fromCache);
        var thought = Math.Clamp(tokens.Reasoning, 0, tokens.Output);
        var atto = ((Int128)(tokens.Input - fromCache - toCache) * input) + ((Int128)fromCache * cached) + ((Int128)toCache * written)
            + ((Int128)(tokens.Output - thought) * output) + ((Int128)thought * reasoning);
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
