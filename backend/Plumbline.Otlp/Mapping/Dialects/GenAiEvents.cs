using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>Messages in span events, as the GenAI conventions had them from 1.28 to 1.36.</summary>
internal sealed class GenAiEvents : IDialect
{
    public ReadOnlySpan<byte> Name => "gen_ai.events"u8;

    public bool Recognises(in SpanSource source)
    {
        if (source.Span.EventCount == 0) return false;
        foreach (var message in source.Events)
        {
            if (Wire.WireEvent.Read(message).Name.StartsWith("gen_ai."u8)) return true;
        }
        return false;
    }

    public void Map(in SpanSource source, SpanDraft draft)
    {
        var writer = draft.Writer;
        if (!writer.Has(SpanText.Events) || (writer.Has(SpanText.InputMessages) && writer.Has(SpanText.OutputMessages))) return;
        var found = EventMessages.Read(writer.Get(SpanText.Events));
        Set(writer, SpanText.InputMessages, SpanText.Input, found.InputJson, found.Input);
        Set(writer, SpanText.OutputMessages, SpanText.Output, found.OutputJson, found.Output);
    }

    private static void Set(SpanBatchWriter writer, SpanText messages, SpanText plain, string? json, string? text)
    {
        if (json is null || writer.Has(messages)) return;
        writer.Set(messages, json);
        if (text is not null && !writer.Has(plain)) writer.Set(plain, text);
    }
}
