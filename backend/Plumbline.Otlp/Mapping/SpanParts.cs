using System.Text;
using System.Text.Unicode;
using Plumbline.Otlp.Redaction;
using Plumbline.Otlp.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

/// <summary>Takes a span's attributes, events and links over: cleaned, redacted and within limits, for the dialects to read and to be kept as they are.</summary>
internal sealed class SpanParts(OtlpLimits limits, AnyJson any, IRedactor? redactor, AttributeTable table, SpanDraft draft)
{
    public void Text(SpanText field, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty) draft.Writer.Set(field, Clean(text));
    }

    public void Collect(ReadOnlySpan<byte> body, in WireSpan span)
    {
        table.Clear();
        foreach (var pair in span.Attributes)
        {
            if (table.Count == limits.MaxAttributes)
            {
                draft.Warn($"only the first {limits.MaxAttributes} attributes were kept");
                break;
            }
            var key = Utf8.IsValid(pair.Key) ? pair.Key : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(pair.Key));
            table.Add(body, key, pair.Value.Kind == AnyKind.String ? AnyValue.Text(Clean(pair.Value.Bytes)) : pair.Value);
        }
        if (span.DroppedAttributes > 0) draft.Warn($"the sender left out {span.DroppedAttributes} attributes");
        if (span.DroppedEvents > 0) draft.Warn($"the sender left out {span.DroppedEvents} events");
        if (span.DroppedLinks > 0) draft.Warn($"the sender left out {span.DroppedLinks} links");
    }

    /// <summary>Writes the events, and lends the attributes of a details event to the dialects.</summary>
    public void WriteEvents(ReadOnlySpan<byte> body, in SpanSource source)
    {
        var count = 0;
        var json = draft.Output;
        foreach (var message in source.Span.Events)
        {
            if (count == limits.MaxEvents)
            {
                draft.Warn($"only the first {limits.MaxEvents} events were kept");
                break;
            }
            if (count++ == 0) draft.BeginJson(SpanText.Events).WriteStartArray();
            var @event = WireEvent.Read(message);
            json.WriteStartObject();
            json.WritePropertyName("name"u8);
            any.Text(json, @event.Name);
            json.WriteNumber("time"u8, @event.TimeUnixNano);
            json.WritePropertyName("attributes"u8);
            any.Map(json, @event.Attributes);
            json.WriteEndObject();
            if (@event.Name.SequenceEqual("gen_ai.client.inference.operation.details"u8)) Lend(body, @event.Attributes);
        }
        if (count == 0) return;
        json.WriteEndArray();
        draft.EndJson();
    }

    public void WriteRest(in SpanSource source)
    {
        var json = draft.BeginJson(SpanText.Attributes);
        json.WriteStartObject();
        for (var i = 0; i < table.OwnCount; i++)
        {
            json.WritePropertyName(source.Key(i));
            var value = source.Value(i);
            if (value.Kind == AnyKind.String) json.WriteStringValue(value.Bytes);
            else any.Write(json, value);
        }
        json.WriteEndObject();
        draft.EndJson();
        WriteLinks(source);
    }

    private void WriteLinks(in SpanSource source)
    {
        var count = 0;
        var json = draft.Output;
        foreach (var message in source.Span.Links)
        {
            if (count == limits.MaxEvents) break;
            var link = WireLink.Read(message);
            if (count++ == 0) draft.BeginJson(SpanText.Links).WriteStartArray();
            json.WriteStartObject();
            json.WriteString("traceId"u8, Convert.ToHexStringLower(link.TraceId));
            json.WriteString("spanId"u8, Convert.ToHexStringLower(link.SpanId));
            json.WritePropertyName("attributes"u8);
            any.Map(json, link.Attributes);
            json.WriteEndObject();
        }
        if (count == 0) return;
        json.WriteEndArray();
        draft.EndJson();
    }

    private void Lend(ReadOnlySpan<byte> body, KeyValues attributes)
    {
        foreach (var pair in attributes)
        {
            table.Borrow(body, pair.Key, pair.Value.Kind == AnyKind.String ? AnyValue.Text(Clean(pair.Value.Bytes)) : pair.Value);
        }
    }

    private ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> text)
    {
        if (text.Length > limits.MaxAttributeBytes)
        {
            var cut = limits.MaxAttributeBytes;
            while (cut > 0 && (text[cut] & 0xC0) == 0x80) cut--;
            text = text[..cut];
            draft.Warn($"a text longer than {limits.MaxAttributeBytes} bytes was cut");
        }
        if (!Utf8.IsValid(text)) text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
        return redactor is not null && redactor.TryRedact(text, out var redacted) ? redacted : text;
    }
}
