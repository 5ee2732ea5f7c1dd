using System.Text;
using System.Text.Json;
using Plumbline.Otlp.Mapping.Messages;
using Plumbline.Otlp.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

internal sealed partial class SpanDraft
{
    public void InputMessages(in SpanSource source, params ReadOnlySpan<AttributeKey> keys)
    {
        if (!Writer.Has(SpanText.InputMessages) && source.TryFirst(keys, out var value)) Messages(SpanText.InputMessages, default, value);
    }

    public void OutputMessages(in SpanSource source, params ReadOnlySpan<AttributeKey> keys)
    {
        if (!Writer.Has(SpanText.OutputMessages) && source.TryFirst(keys, out var value)) Messages(SpanText.OutputMessages, default, value);
    }

    /// <summary>Messages with a system instruction that is kept apart from them; it comes first unless they begin with one.</summary>
    public void InputMessagesWithSystem(in SpanSource source, AttributeKey system, params ReadOnlySpan<AttributeKey> keys)
    {
        if (Writer.Has(SpanText.InputMessages)) return;
        source.TryFirst([system], out var first);
        source.TryFirst(keys, out var rest);
        if (first.Kind != AnyKind.None || rest.Kind != AnyKind.None) Messages(SpanText.InputMessages, first, rest);
    }

    /// <summary>Input or output that may be messages or anything else: messages where it has their shape, and always its text.</summary>
    public void Content(bool isInput, in SpanSource source, params ReadOnlySpan<AttributeKey> keys)
    {
        if (!source.TryFirst(keys, out var value)) return;
        var (list, plain) = isInput ? (SpanText.InputMessages, SpanText.Input) : (SpanText.OutputMessages, SpanText.Output);
        if (!Writer.Has(list) && (value.Kind != AnyKind.String || EmbeddedJson.LooksStructured(value.Bytes))) Messages(list, default, value, onlyStructured: true);
        if (!Writer.Has(plain)) Text(plain, value);
    }

    /// <summary>Messages of parsed JSON.</summary>
    public bool Messages(SpanText field, JsonElement value)
    {
        if (Writer.Has(field)) return false;
        var list = Open(field);
        list.WriteStartArray();
        var found = messages.Write(value, RoleOf(field));
        Close(field, found);
        return found;
    }

    /// <summary>Messages given one by one.</summary>
    public void Messages(SpanText field, Action<MessageWriter> write)
    {
        if (Writer.Has(field)) return;
        Open(field).WriteStartArray();
        write(singleMessages);
        Close(field, true);
    }

    private void Messages(SpanText field, in AnyValue system, in AnyValue value, bool onlyStructured = false)
    {
        Open(field).WriteStartArray();
        var hasSystem = system.Kind != AnyKind.None && !StartsWithSystem(value) && Part(system, "system", field, onlyStructured: false);
        var hasRest = value.Kind != AnyKind.None && Part(value, RoleOf(field), field, onlyStructured);
        Close(field, hasSystem || hasRest);
    }

    private bool Part(in AnyValue value, string role, SpanText field, bool onlyStructured)
    {
        var bytes = value.Kind == AnyKind.String ? value.Bytes : Render(value);
        if (EmbeddedJson.TryParse(bytes, out var document))
        {
            using (document) return messages.Write(document.RootElement, role) || (!onlyStructured && PlainPart(bytes, role));
        }
        if (EmbeddedJson.TryRecover(bytes, out document))
        {
            pendingWarning = $"{field} was cut off by the sender; what came before the cut is shown";
            using (document)
            {
                if (messages.Write(document.RootElement, role)) return true;
            }
        }
        else if (!onlyStructured && EmbeddedJson.LooksStructured(bytes)) pendingWarning = $"{field} is not valid JSON and is kept as text";
        return !onlyStructured && PlainPart(bytes, role);
    }

    private string? pendingWarning;

    private bool PlainPart(ReadOnlySpan<byte> bytes, string role)
    {
        if (bytes.IsEmpty) return false;
        singleMessages.Plain(role, Encoding.UTF8.GetString(bytes));
        return true;
    }

    private Utf8JsonWriter Open(SpanText field)
    {
        text.Reset();
        json.Reset(Writer.Open(field));
        return json;
    }

    private void Close(SpanText field, bool found)
    {
        json.WriteEndArray();
        json.Flush();
        Writer.Close();
        if (!found) Writer.Remove(field);
        else if (field == SpanText.InputMessages) Plain(SpanText.Input, text.LastUser ?? text.Last);
        else Plain(SpanText.Output, text.Last);
        if (pendingWarning is not null) Warn(pendingWarning);
        pendingWarning = null;
    }

    private void Plain(SpanText field, string? content)
    {
        if (content is not null && !Writer.Has(field)) Writer.Set(field, content);
    }

    private ReadOnlySpan<byte> Render(in AnyValue value)
    {
        rendered.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(rendered, JsonOptions);
        any.Write(writer, value);
        writer.Flush();
        return rendered.WrittenSpan;
    }

    private static bool StartsWithSystem(in AnyValue value) =>
        value.Kind == AnyKind.String && value.Bytes.StartsWith("[{\"role\":\"system\""u8);

    private static string RoleOf(SpanText field) => field == SpanText.InputMessages ? "user" : "assistant";
}
