using System.Globalization;

namespace Plumbline.TraceStore.Tests.Model;

/// <summary>Spans and questions about them, drawn from small sets so that they meet.</summary>
internal sealed class RandomSpans(int seed, int traces = 60)
{
    private static readonly string[] Words = [
        "Refund", "invoice", "ÄRGER", "ärger", "naïve", "İstanbul", "Kelvin", "K", "データ", "e=mc²", "x", "order 7f3a", "the quick brown fox",
        "ϴ", "straße", "A", "\"quoted\"", "tool_call", "ﬀ"
    ];
    private static readonly string[] Names = ["chat", "Chat gpt", "retrieve", "agent run", "tool: search", ""];
    private static readonly string[] Models = ["gpt-4o", "gpt-4o-mini", "claude-sonnet", "Gemini-Pro"];
    private static readonly string[] Tags = ["red", "green", "blue", "", "prüf"];
    private readonly Random _random = new(seed);

    public Random Random => _random;

    public SpanRecord Span()
    {
        var trace = Trace();
        var span = _random.Next(1, 9);
        var start = _random.Next(12) == 0 ? 0 : 1_700_000_000_000_000_000 + (_random.NextInt64(0, 500) * 60_000_000_000) + _random.Next(3);
        var usage = _random.Next(3) == 0;
        return new SpanRecord
        {
            TraceId = trace,
            SpanId = new SpanId((ulong)span),
            ParentSpanId = span == 1 && _random.Next(8) > 0 ? default : new SpanId((ulong)_random.Next(0, 9)),
            Kind = (StoredKind)_random.Next(10),
            Status = (StoredStatus)Math.Max(0, _random.Next(6) - 3),
            StartUnixNano = start,
            EndUnixNano = _random.Next(10) == 0 ? 0 : start + (long)Math.Pow(10, _random.Next(3, 11)) + _random.Next(1000),
            Name = Maybe(Names, 9),
            TraceName = Maybe(["named", "chat"], 1),
            ServiceName = Maybe(["api", "worker"], 7),
            Environment = Maybe(["production", "staging", "prüfung"], 6),
            Provider = Maybe(["openai", "anthropic"], 6),
            Model = Maybe(Models, 5),
            SessionId = Maybe(["s1", "s2", "s3", "s4", "s5"], 4),
            UserId = Maybe(["u1", "u2", "用户"], 3),
            PromptName = Maybe(["greeting", "triage"], 4),
            PromptVersion = Maybe(["1", "2", "beta"], 4),
            ToolName = Maybe(["search", "calc"], 3),
            Input = Maybe(Text(), 6),
            Output = Maybe(Text(), 6),
            AttributesJson = Maybe(
                [
                    Attributes(), Attributes(), """{"note":"say \"hi\"","\u006bind":"x"}""",
                    $$"""{"long":"{{new string('x', _random.Next(60, 70))}}","color":"r\u0065d","flag":true,"none":null,"rate":1.5}"""
                ],
                7),
            ResourceJson = Maybe(["""{"region":"eu","level":9}"""], 5),
            Tags = [.. Tags.Where(_ => _random.Next(4) == 0)],
            Logs = [.. new[] { """{"body":"retried"}""", """{"body":"ärger","severity":17}""" }.Where(_ => _random.Next(6) == 0)],
            InputTokens = usage ? _random.Next(1000) : null,
            OutputTokens = usage && _random.Next(4) > 0 ? _random.Next(1000) : null,
            TotalTokens = usage && _random.Next(3) == 0 ? _random.Next(3000) : null,
            CachedInputTokens = usage && _random.Next(3) == 0 ? _random.Next(100) : null,
            ReasoningTokens = usage && _random.Next(3) == 0 ? _random.Next(100) : null,
            TimeToFirstTokenNano = _random.Next(4) == 0 ? _random.Next(1, 2_000_000_000) : null,
            Cost = usage && _random.Next(3) > 0 ? _random.NextInt64(1, 5_000_000_000) : null,
        };
    }

    public TraceId Trace() => new((ulong)_random.Next(1, 4), (ulong)_random.Next(1, (traces / 3) + 1));

    public SpanRecord[] Batch() => [.. Enumerable.Range(0, _random.Next(1, 12)).Select(_ => Span())];

    public TraceQuery TraceQuery() => new()
    {
        Where = _random.Next(6) == 0 ? null : TraceCondition(0),
        OrderBy = (TraceSort)_random.Next(4),
        Ascending = _random.Next(2) == 0,
        First = _random.Next(1, 20),
        WantTotalCount = _random.Next(2) == 0,
        Hidden = Hidden(),
    };

    public HashSet<TraceId>? Hidden() => _random.Next(3) == 0 ? [.. Enumerable.Range(0, _random.Next(10)).Select(_ => Trace())] : null;

    public TraceCondition TraceCondition(int depth) => new()
    {
        Range = Rarely(Range),
        Search = Rarely(Word),
        Name = Rarely(() => Condition(Names)),
        Environment = Rarely(() => Condition(["production", "staging", "none"])),
        UserId = Rarely(() => Condition(["u1", "用户"])),
        SessionId = Rarely(() => Condition(["s1", "s2", "s3"])),
        Tags = Rarely<IReadOnlyList<string>>(() => [.. Tags.Where(_ => _random.Next(3) == 0)]),
        Model = Rarely(() => Condition(Models)),
        Provider = Rarely(() => Condition(["openai", "anthropic"])),
        Tool = Rarely(() => Condition(["search", "calc"])),
        PromptName = Rarely(() => "greeting"),
        PromptVersion = _random.Next(14) == 0 ? _random.Next(1, 3) : null,
        Kinds = Rarely<IReadOnlyList<StoredKind>>(() => [(StoredKind)_random.Next(10), (StoredKind)_random.Next(10)]),
        Status = _random.Next(10) == 0 ? (StoredStatus)_random.Next(3) : null,
        DurationMs = Rarely(() => Bounds(1000)),
        CostUsd = Rarely(() => Bounds(0.01)),
        TotalTokens = Rarely(() => Bounds(2000)),
        TraceIds = Rarely<IReadOnlyCollection<TraceId>>(() => [.. Enumerable.Range(0, 12).Select(_ => Trace())]),
        SpanIds = Rarely<IReadOnlyCollection<SpanId>>(() => [new SpanId((ulong)_random.Next(1, 9)), new SpanId((ulong)_random.Next(1, 9))]),
        And = depth < 2 ? Rarely<IReadOnlyList<TraceCondition>>(() => [TraceCondition(depth + 1), TraceCondition(depth + 1)]) : null,
        Or = depth < 2 ? Rarely<IReadOnlyList<TraceCondition>>(() => [TraceCondition(depth + 1), TraceCondition(depth + 1)]) : null,
        Not = depth < 2 ? Rarely(() => TraceCondition(depth + 1)) : null,
    };

    public SpanCondition SpanCondition(int depth) => new()
    {
        Range = Rarely(Range),
        Search = Rarely(Word),
        Kinds = Rarely<IReadOnlyList<StoredKind>>(() => [(StoredKind)_random.Next(10), (StoredKind)_random.Next(10)]),
        Name = Rarely(() => Condition(Names)),
        Environment = Rarely(() => Condition(["production", "staging"])),
        UserId = Rarely(() => Condition(["u1", "用户"])),
        SessionId = Rarely(() => Condition(["s1", "s2"])),
        Tags = Rarely<IReadOnlyList<string>>(() => [.. Tags.Where(_ => _random.Next(3) == 0)]),
        Model = Rarely(() => Condition(Models)),
        Provider = Rarely(() => Condition(["openai", "anthropic"])),
        Tool = Rarely(() => Condition(["search", "calc"])),
        PromptName = Rarely(() => "triage"),
        PromptVersion = _random.Next(14) == 0 ? _random.Next(1, 3) : null,
        Status = _random.Next(10) == 0 ? (StoredStatus)_random.Next(3) : null,
        DurationMs = Rarely(() => Bounds(1000)),
        CostUsd = Rarely(() => Bounds(0.004)),
        TotalTokens = Rarely(() => Bounds(2000)),
        Attributes = Rarely<IReadOnlyList<AttributeCondition>>(() => [Attribute()]),
        TraceIds = Rarely<IReadOnlyCollection<TraceId>>(() => [.. Enumerable.Range(0, 12).Select(_ => Trace())]),
        SpanIds = Rarely<IReadOnlyCollection<SpanId>>(() => [new SpanId((ulong)_random.Next(1, 9)), new SpanId((ulong)_random.Next(1, 9))]),
        And = depth < 2 ? Rarely<IReadOnlyList<SpanCondition>>(() => [SpanCondition(depth + 1), SpanCondition(depth + 1)]) : null,
        Or = depth < 2 ? Rarely<IReadOnlyList<SpanCondition>>(() => [SpanCondition(depth + 1), SpanCondition(depth + 1)]) : null,
        Not = depth < 2 ? Rarely(() => SpanCondition(depth + 1)) : null,
    };

    public NanoRange Range()
    {
        var from = 1_700_000_000_000_000_000 + (_random.NextInt64(0, 500) * 60_000_000_000);
        return new NanoRange(from, from + (_random.NextInt64(0, 400) * 60_000_000_000));
    }

    /// <summary>Half of the questions look at nothing that blocks keep no sums by.</summary>
    public StatsQuery StatsQuery()
    {
        var summed = _random.Next(2) == 0;
        GroupField[] fields = summed
            ? [GroupField.Name, GroupField.Kind, GroupField.Model, GroupField.Provider, GroupField.Environment]
            : [.. Enum.GetValues<GroupField>().Where(f => f != GroupField.Tag)];
        long? bucket = _random.Next(3) == 0 ? null : new[] { 1, 60, 420, 900, 3600, 86_400 }[_random.Next(6)] * 1_000_000_000L;
        return new()
        {
            Range = _random.Next(2) == 0 ? NanoRange.All : Shifted(Range()),
            BucketNano = bucket,
            BucketOffsetNano = _random.Next(3) * new[] { 60, 1800, 3601 }[_random.Next(3)] * 1_000_000_000L,
            GroupBy = [.. fields.Where(_ => _random.Next(summed ? 3 : 6) == 0).Take(3)],
            Where = summed ? SummedFilter(0) : SpanCondition(1),
            Hidden = Hidden(),
        };
    }

    private SpanCondition? SummedFilter(int depth) => _random.Next(3) == 0 ? null : new()
    {
        Kinds = Rarely<IReadOnlyList<StoredKind>>(() => [(StoredKind)_random.Next(10), (StoredKind)_random.Next(10)]),
        Name = Rarely(() => Condition(Names)),
        Environment = Rarely(() => Condition(["production", "staging"])),
        Model = Rarely(() => Condition(Models)),
        Provider = Rarely(() => Condition(["openai", "anthropic"])),
        And = depth < 2 ? Rarely<IReadOnlyList<SpanCondition>>(() => [SummedFilter(depth + 1) ?? new(), new()]) : null,
        Or = depth < 2 ? Rarely<IReadOnlyList<SpanCondition>>(() => [SummedFilter(depth + 1) ?? new(), new() { Model = Condition(Models) }]) : null,
        Not = depth < 2 ? Rarely(() => new SpanCondition { Name = Condition(Names) }) : null,
    };

    private NanoRange Shifted(NanoRange range) =>
        _random.Next(2) == 0 ? range : new(range.FromUnixNano + _random.Next(3), range.ToUnixNano + _random.NextInt64(0, 60_000_000_000));

    private AttributeCondition Attribute() => _random.Next(11) switch
    {
        0 => new() { Key = "color", Eq = "red" },
        7 => new() { Key = "long", Eq = new string('x', _random.Next(60, 70)) },
        8 => new() { Key = "flag", Eq = "true" },
        9 => new() { Key = "missing", Exists = _random.Next(2) == 0 },
        10 => new() { Key = "rate", Eq = "1.5" },
        1 => new() { Key = "count", Eq = _random.Next(3).ToString(CultureInfo.InvariantCulture) },
        2 => new() { Key = "color", Exists = false },
        3 => new() { Key = "level", Exists = true },
        4 => new() { Key = "level", Eq = "9" },
        5 => new() { Key = "note", Eq = "say \"hi\"" },
        _ => new() { Key = "kind", Eq = "x" },
    };

    private string Attributes() =>
        _random.Next(3) == 0 ? "{}" : $$$"""{"color":"{{{(_random.Next(2) == 0 ? "red" : "blue")}}}","count":{{{_random.Next(3)}}},"deep":{"level":1} }""";

    private TextCondition Condition(string[] values) => _random.Next(6) switch
    {
        0 => new() { Eq = Pick(values) },
        1 => new() { In = [Pick(values), Pick(values)] },
        2 => new() { NotIn = [Pick(values)] },
        3 => new() { Contains = Part(Pick(values)) },
        4 => new() { StartsWith = Part(Pick(values)) },
        _ => new() { In = values, NotIn = [Pick(values)], Contains = Part(Pick(values)) },
    };

    private string Part(string value) => value.Length == 0 ? value : value[..(_random.Next(value.Length) + 1)].ToUpperInvariant();

    private string Word()
    {
        var word = Pick(Words);
        if (_random.Next(3) == 0) word += " " + Pick(Words);
        if (_random.Next(2) == 0) word = word.ToUpperInvariant();
        var from = char.IsSurrogate(word[0]) ? 0 : _random.Next(Math.Min(2, word.Length));
        return word[from..];
    }

    private string[] Text() => [string.Join(' ', Enumerable.Range(0, _random.Next(1, 8)).Select(_ => Pick(Words)))];

    private RangeCondition Bounds(double scale) => _random.Next(3) switch
    {
        0 => new() { Gte = _random.NextDouble() * scale },
        1 => new() { Lte = _random.NextDouble() * scale },
        _ => new() { Gte = 0, Lte = _random.NextDouble() * scale },
    };

    private string Pick(string[] values) => values[_random.Next(values.Length)];

    private string? Maybe(string[] values, int inTen) => _random.Next(10) < inTen ? Pick(values) : null;

    private T? Rarely<T>(Func<T> make) where T : class => _random.Next(10) == 0 ? make() : null;

    private NanoRange? Rarely(Func<NanoRange> make) => _random.Next(8) == 0 ? make() : null;
}
