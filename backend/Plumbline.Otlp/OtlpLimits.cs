using System.ComponentModel.DataAnnotations;

namespace Plumbline.Otlp;

/// <summary>What one export request may hold. Everything beyond is refused or cut, and said so; nothing is dropped silently.</summary>
public sealed record OtlpLimits
{
    /// <summary>Most bytes of a request after decompression.</summary>
    [Range(1, int.MaxValue)]
    public int MaxBodyBytes { get; init; } = 16 << 20;

    /// <summary>Most spans, or log records, of a request; those after it are rejected one by one.</summary>
    [Range(1, int.MaxValue)]
    public int MaxSpans { get; init; } = 20_000;

    /// <summary>Most attributes of a span, event or link; those after it are left out with a warning.</summary>
    [Range(1, int.MaxValue)]
    public int MaxAttributes { get; init; } = 1_024;

    /// <summary>Most bytes of one string attribute; the rest is cut with a warning.</summary>
    [Range(1, int.MaxValue)]
    public int MaxAttributeBytes { get; init; } = 1 << 20;

    /// <summary>Most events, and most links, of a span.</summary>
    [Range(1, int.MaxValue)]
    public int MaxEvents { get; init; } = 1_024;

    /// <summary>Deepest nesting of an attribute value; what lies deeper is replaced by a note.</summary>
    [Range(1, 256)]
    public int MaxNesting { get; init; } = 32;

    /// <summary>Deepest nesting of a JSON body as a whole. A value nested to <see cref="MaxNesting"/> needs about four times as much.</summary>
    [Range(1, 100_000)]
    public int MaxJsonDepth { get; init; } = 4_096;

    /// <summary>Most reasons listed in an answer; all rejections are counted.</summary>
    [Range(0, 1_000)]
    public int MaxReasons { get; init; } = 10;
}
