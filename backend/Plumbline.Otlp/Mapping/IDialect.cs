namespace Plumbline.Otlp.Mapping;

/// <summary>One way of naming things in attributes: a library's own, or a version of the standard.</summary>
internal interface IDialect
{
    /// <summary>What the span is said to speak when this is the first dialect that recognises it.</summary>
    ReadOnlySpan<byte> Name { get; }

    /// <summary>Whether it speaks for any span, or beside another, so that a span is not said to speak it.</summary>
    bool IsFallback => false;

    bool Recognises(in SpanSource source);

    /// <summary>Fills what no dialect before has filled.</summary>
    void Map(in SpanSource source, SpanDraft draft);
}
