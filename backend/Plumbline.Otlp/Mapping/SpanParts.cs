using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Redaction;
using Plumbline.Otlp.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

/// <summary>Takes a span's attributes, events and links over: cleaned, redacted and within limits, for the dialects to read and to be kept
/// as they are.</summary>
internal sealed class SpanParts(OtlpLimits limits, AttributeTable table, SpanDraft draft)
{
    public void Text(SpanText field, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty) draft.Writer.Set(field, Clean(default, text));
    }

    public void Collect(ReadOnlySpan<byte> body, in WireSpan span)
    {
        table.Clear();
        DistinctNames? names = null;
        foreach (var pair in span.Attributes)
        {
            if (table.Count == limits.MaxAttributes)
            {
                draft.Warn(ArrivalWarnings.Kept(limits.MaxAttributes, "attributes"));
                break;
            }
            var name = draft.Any.CleanName(pair.Key, span.Attributes, ref names);
            table.Add(body, name, AsStored(name, pair.Value));
        }
        if (span.DroppedAttributes > 0) draft.Warn(ArrivalWarnings.Dropped(span.DroppedAttributes, "attributes"));
        if (span.DroppedEvents > 0) draft.Warn(ArrivalWarnings.Dropped(span.DroppedEvents, "events"));
        if (span.DroppedLinks > 0) draft.Warn(ArrivalWarnings.Dropped(span.DroppedLinks, "links"));
    }

    /// <summary>Writes the events, and lends the attributes of a details event to the dialects.</summary>
    public void WriteEvents(ReadOnlySpan<byte> body, in SpanSource source)
    {
        if (source.Span.EventCount == 0) return;
        var count = 0;
        var json = draft.BeginJson();
        json.BeginArray();
        foreach (var message in source.Span.Events)
        {
            if (count++ == limits.MaxEvents)
            {
                draft.Warn(ArrivalWarnings.Kept(limits.MaxEvents, "events"));
                break;
            }
            var @event = WireEvent.Read(message);
            json.BeginObject();
            json.Name("name"u8);
            draft.Any.Text(json, @event.Name);
            json.Name("time"u8);
            json.Number(@event.TimeUnixNano);
            json.Name("attributes"u8);
            draft.Any.Map(json, @event.Attributes);
            json.EndObject();
            if (@event.Name.SequenceEqual("gen_ai.client.inference.operation.details"u8)) Lend(body, @event.Attributes);
        }
        json.EndArray();
        draft.EndJson(SpanText.Events);
    }

    public void WriteRest(in SpanSource source)
    {
        var json = draft.BeginJson();
        json.BeginObject();
        for (var i = 0; i < table.OwnCount; i++)
        {
            json.Name(source.Key(i));
            draft.Any.WriteClean(json, source.Value(i));
        }
        json.EndObject();
        draft.EndJson(SpanText.Attributes);
        if (source.Span.LinkCount > 0) WriteLinks(source);
    }

    private void WriteLinks(in SpanSource source)
    {
        var count = 0;
        var json = draft.BeginJson();
        json.BeginArray();
        foreach (var message in source.Span.Links)
        {
            if (count++ == limits.MaxEvents) break;
            var link = WireLink.Read(message);
            json.BeginObject();
            Hex(json, "traceId"u8, link.TraceId);
            Hex(json, "spanId"u8, link.SpanId);
            json.Name("attributes"u8);
            draft.Any.Map(json, link.Attributes);
            json.EndObject();
        }
        json.EndArray();
        draft.EndJson(SpanText.Links);
    }

    private static void Hex(JsonOutput json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> id)
    {
        Span<byte> digits = stackalloc byte[64];
        json.Name(name);
        if (id.Length <= digits.Length / 2 && Convert.TryToHexStringLower(id, digits, out var written)) json.Text(digits[..written]);
        else json.Text(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexStringLower(id)));
    }

    // Events are stored whole, so that is how the dialects see them.
    private void Lend(ReadOnlySpan<byte> body, KeyValues attributes)
    {
        DistinctNames? names = null;
        foreach (var pair in attributes)
        {
            var name = draft.Any.CleanName(pair.Key, attributes, ref names);
            table.Borrow(body, name, draft.Any.TryText(name, pair.Value, out var text) ? AnyValue.Text(text) : pair.Value);
        }
    }

    // The dialects see each value as it is stored, so that a stored span is mapped as it was when it came.
    private AnyValue AsStored(ReadOnlySpan<byte> name, in AnyValue value) => value.Kind switch
    {
        AnyKind.String => AnyValue.Text(Clean(name, value.Bytes)),
        AnyKind.Bytes or AnyKind.Double when draft.Any.TryText(name, value, out var text) => AnyValue.Text(text),
        _ => value,
    };

    private ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        if (text.Length > limits.MaxAttributeBytes)
        {
            var cut = limits.MaxAttributeBytes;
            while (cut > 0 && (text[cut] & 0xC0) == 0x80) cut--;
            text = text[..cut];
            draft.Warn(ArrivalWarnings.Cut(limits.MaxAttributeBytes));
        }
        return draft.Any.Clean(name, text);
    }
}
