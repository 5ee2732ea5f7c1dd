using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Mapping.Messages;
using Plumbline.Otlp.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

internal sealed partial class SpanDraft
{
    private string? _pendingWarning;

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
        if (!Writer.Has(list) && (value.Kind != AnyKind.String || EmbeddedJson.LooksStructured(value.Bytes)))
            Messages(list, default, value, onlyStructured: true);
        if (!Writer.Has(plain)) Text(plain, value);
    }

    /// <summary>Messages of parsed JSON.</summary>
    public bool Messages(SpanText field, JsonNode value)
    {
        if (Writer.Has(field)) return false;
        BeginMessages();
        var found = _messages.Write(value, RoleOf(field));
        EndMessages(field, found);
        return found;
    }

    /// <summary>Begins messages given one by one; end them with <see cref="EndMessages"/>.</summary>
    public MessageWriter BeginMessages()
    {
        _text.Reset();
        BeginJson().BeginArray();
        return _singleMessages;
    }

    /// <summary>Sets the field, and the plain text that belongs to it, unless there were no messages.</summary>
    public void EndMessages(SpanText field, bool found)
    {
        _json.EndArray();
        if (found)
        {
            EndJson(field);
            var isInput = field == SpanText.InputMessages;
            var plain = isInput ? SpanText.Input : SpanText.Output;
            if (_text.HasLast && !Writer.Has(plain)) Writer.Set(plain, isInput && _text.HasLastUser ? _text.LastUser : _text.Last);
        }
        if (_pendingWarning is not null) Warn(_pendingWarning);
        _pendingWarning = null;
    }

    private void Messages(SpanText field, in AnyValue system, in AnyValue value, bool onlyStructured = false)
    {
        BeginMessages();
        var hasSystem = system.Kind != AnyKind.None && !StartsWithSystem(value) && Part(system, "system"u8, field, onlyStructured: false);
        var hasRest = value.Kind != AnyKind.None && Part(value, RoleOf(field), field, onlyStructured);
        EndMessages(field, hasSystem || hasRest);
    }

    private bool Part(in AnyValue value, ReadOnlySpan<byte> role, SpanText field, bool onlyStructured)
    {
        var bytes = value.Kind == AnyKind.String ? value.Bytes : Render(value);
        using var tape = Tapes.Rent();
        if (EmbeddedJson.TryParse(bytes, tape)) return _messages.Write(tape.Root, role) || (!onlyStructured && PlainPart(bytes, role));
        if (EmbeddedJson.TryRecover(bytes, tape))
        {
            _pendingWarning = $"{field} was cut off by the sender; what came before the cut is shown";
            if (_messages.Write(tape.Root, role)) return true;
        }
        else if (!onlyStructured && EmbeddedJson.LooksStructured(bytes)) _pendingWarning = $"{field} is not valid JSON and is kept as text";
        return !onlyStructured && PlainPart(bytes, role);
    }

    private bool PlainPart(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> role)
    {
        if (bytes.IsEmpty) return false;
        _singleMessages.Plain(role, bytes);
        return true;
    }

    private ReadOnlySpan<byte> Render(in AnyValue value)
    {
        _rendered.Clear();
        Any.Write(_rendered, value);
        return _rendered.Written;
    }

    private static bool StartsWithSystem(in AnyValue value) =>
        value.Kind == AnyKind.String && value.Bytes.StartsWith("[{\"role\":\"system\""u8);

    private static ReadOnlySpan<byte> RoleOf(SpanText field) => field == SpanText.InputMessages ? "user"u8 : "assistant"u8;
}
