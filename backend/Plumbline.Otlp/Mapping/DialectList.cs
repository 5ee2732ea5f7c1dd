using Plumbline.Otlp.Mapping.Dialects;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

/// <summary>The one list of dialects, in order of precedence: what an earlier one sets, a later one leaves alone.</summary>
internal static class DialectList
{
    public static IDialect[] All { get; } =
    [
        new PlumblineNames(),
        new Langfuse(),
        new Lilypad(),
        new Logfire(),
        new GenAi(),
        new OpenInference(),
        new Traceloop(),
        new VercelAi(),
        new OpenLit(),
        new LangSmith(),
        new OtherLibraries(),
        new GenAiEvents(),
        new GenAiIndexed(),
        new CommonNames(),
        new Inference(),
    ];

    /// <summary>Lets every dialect that recognises the span fill what is still empty.</summary>
    public static void Apply(in SpanSource source, SpanDraft draft)
    {
        foreach (var dialect in All)
        {
            if (!dialect.Recognises(source)) continue;
            if (!dialect.IsFallback && !draft.Writer.Has(SpanText.Dialect)) draft.Writer.Set(SpanText.Dialect, dialect.Name);
            dialect.Map(source, draft);
        }
        if (!draft.Writer.Has(SpanText.Dialect)) draft.Writer.Set(SpanText.Dialect, "opentelemetry"u8);
    }
}
