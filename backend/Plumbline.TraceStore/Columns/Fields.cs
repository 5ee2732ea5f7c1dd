namespace Plumbline.TraceStore.Columns;

/// <summary>Columns of spans whose values are dictionary codes. The order is part of the block format.</summary>
internal enum CodeField : byte
{
    Name,
    Service,
    Environment,
    Provider,
    Model,
    User,
    Session,
    Prompt,
    PromptVersion,
    Tool,

    /// <summary>The encoded tag list as one value.</summary>
    Tags,
}

/// <summary>Columns of spans whose values are numbers. The order is part of the block format.</summary>
internal enum NumberField : byte
{
    Start,

    /// <summary>Absent while the end is unknown.</summary>
    Duration,
    InputTokens,
    OutputTokens,

    /// <summary>As given, else input plus output where one of them is known.</summary>
    TotalTokens,
    CachedTokens,
    ReasoningTokens,
    TimeToFirstToken,
    Cost,
}

/// <summary>Columns of spans that are one byte a row.</summary>
internal enum ByteField : byte
{
    Kind,
    Status,

    /// <summary><see cref="SpanFlags"/>.</summary>
    Flags,
}

[Flags]
internal enum SpanFlags : byte
{
    None = 0,

    /// <summary>A leaf model call: its tokens and cost count.</summary>
    Billed = 1,
}

/// <summary>Columns of traces whose values are dictionary codes; each shares the dictionary of the like-named span column.</summary>
internal enum TraceCode : byte
{
    Name,
    Environment,
    User,
    Session,
    Tags,
    Models,
}

/// <summary>Columns of traces whose values are numbers.</summary>
internal enum TraceNumber : byte
{
    Start,
    Duration,
    Cost,
    TotalTokens,
    InputTokens,
    OutputTokens,
    CachedTokens,
    ReasoningTokens,
    Spans,
    Errors,
    Unpriced,
    Status,

    /// <summary>The root's span id.</summary>
    RootSpan,
}

internal static class Fields
{
    /// <summary>The dictionary of the models of traces, which no column of spans shares; part of the block format: one more column of codes would want its
    /// number, so it comes with a format that moves it.</summary>
    public const byte ModelDictionary = 11;

    public static readonly int Codes = Enum.GetValues<CodeField>().Length;
    public static readonly int Numbers = Enum.GetValues<NumberField>().Length;
    public static readonly int Bytes = Enum.GetValues<ByteField>().Length;
    public static readonly int TraceCodes = Enum.GetValues<TraceCode>().Length;
    public static readonly int TraceNumbers = Enum.GetValues<TraceNumber>().Length;

    private static readonly CodeField?[] OfSpans = LikeNamed<TraceCode, CodeField>();
    private static readonly TraceCode?[] OfTraces = LikeNamed<CodeField, TraceCode>();

    /// <summary>A number that is not known.</summary>
    public const long Absent = long.MinValue;

    /// <summary>The code of an absent text.</summary>
    public const int NoCode = 0;

    /// <summary>The column of spans whose dictionary a column of traces shares; none for models.</summary>
    public static CodeField? OfSpan(TraceCode field) => OfSpans[(int)field];

    /// <summary>The column of traces that shares the dictionary of a column of spans.</summary>
    public static TraceCode? OfTrace(CodeField field) => OfTraces[(int)field];

    public static SpanText TextOf(CodeField field) => field switch
    {
        CodeField.Name => SpanText.Name,
        CodeField.Service => SpanText.ServiceName,
        CodeField.Environment => SpanText.Environment,
        CodeField.Provider => SpanText.Provider,
        CodeField.Model => SpanText.Model,
        CodeField.User => SpanText.UserId,
        CodeField.Session => SpanText.SessionId,
        CodeField.Prompt => SpanText.PromptName,
        CodeField.PromptVersion => SpanText.PromptVersion,
        CodeField.Tool => SpanText.ToolName,
        _ => throw new ArgumentOutOfRangeException(nameof(field)),
    };

    private static TTo?[] LikeNamed<TFrom, TTo>() where TFrom : struct, Enum where TTo : struct, Enum =>
        [.. Enum.GetNames<TFrom>().Select(name => Enum.TryParse<TTo>(name, out var like) ? like : (TTo?)null)];
}

/// <summary>Which columns a query will look at.</summary>
internal struct FieldSet
{
    private uint _codes;
    private uint _numbers;
    private uint _bytes;

    public bool TraceRows { get; set; }

    public bool SpanIds { get; set; }

    public readonly bool Has(CodeField field) => (_codes & (1u << (int)field)) != 0;

    public readonly bool Has(NumberField field) => (_numbers & (1u << (int)field)) != 0;

    public readonly bool Has(ByteField field) => (_bytes & (1u << (int)field)) != 0;

    public void Add(CodeField field) => _codes |= 1u << (int)field;

    public void Add(NumberField field) => _numbers |= 1u << (int)field;

    public void Add(ByteField field) => _bytes |= 1u << (int)field;
}
