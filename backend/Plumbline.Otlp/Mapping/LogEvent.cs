using System.Text.Json;

namespace Plumbline.Otlp.Mapping;

/// <summary>An event as it is stored with a span, whichever carrier it came in.</summary>
internal sealed class LogEvent(JsonElement stored)
{
    /// <summary>The member that marks what came as a log record: it was joined to the span, and is no part of it as it arrived.</summary>
    public static ReadOnlySpan<byte> LogMark => "log"u8;

    public string Text { get; } = stored.GetRawText();

    public ulong Time { get; } = stored.TryGetProperty("time", out var time) && time.TryGetUInt64(out var nanos) ? nanos : 0;

    private string? Name { get; } = stored.TryGetProperty("name", out var name) ? name.GetString() : null;

    private JsonElement Attributes { get; } = stored.TryGetProperty("attributes", out var attributes) ? attributes : default;

    /// <summary>The body of a log record; nothing for an event of the span.</summary>
    private JsonElement Body => Attributes.ValueKind == JsonValueKind.Object && Attributes.TryGetProperty("body", out var body) ? body : default;

    /// <summary>Whether both are the same record, or one of them is a log record that says what the other, an event of the span, says in
    /// its attributes.</summary>
    public bool IsSameAs(LogEvent other)
    {
        if (Text == other.Text) return true;
        if (Name != other.Name) return false;
        if (Time == other.Time && Attributes.ValueKind == JsonValueKind.Object && other.Attributes.ValueKind == JsonValueKind.Object
            && JsonElement.DeepEquals(Attributes, other.Attributes)) return true;
        return Repeats(other.Attributes, Body, other.Body) || Repeats(Attributes, other.Body, Body);
    }

    private static bool Repeats(JsonElement attributes, JsonElement body, JsonElement ownBody)
    {
        if (ownBody.ValueKind != JsonValueKind.Undefined || body.ValueKind != JsonValueKind.Object || attributes.ValueKind != JsonValueKind.Object)
            return false;
        var any = false;
        foreach (var member in body.EnumerateObject())
        {
            if (!attributes.TryGetProperty(member.Name, out var attribute) || !AreEqual(attribute, member.Value)) return false;
            any = true;
        }
        return any;
    }

    // Attributes of an event hold structures as JSON in a string.
    private static bool AreEqual(JsonElement attribute, JsonElement value)
    {
        if (JsonElement.DeepEquals(attribute, value)) return true;
        if (attribute.ValueKind != JsonValueKind.String || value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)) return false;
        try
        {
            using var parsed = JsonDocument.Parse(attribute.GetString()!);
            return JsonElement.DeepEquals(parsed.RootElement, value);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
