using System.Buffers.Text;
using System.Text;
using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Mapping.Messages;
using Plumbline.Otlp.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

/// <summary>The span being made. Every setter leaves alone what is set already, so that the order of the dialects is their precedence.</summary>
internal sealed partial class SpanDraft
{
    private readonly JsonOutput _json = new();
    private readonly TextCollector _text = new();
    private readonly MessageShapes _messages;
    private readonly MessageWriter _singleMessages;
    private readonly byte[] _number = new byte[64];
    private readonly JsonOutput _rendered = new();
    private readonly TextBuffer _copied = new();
    private bool _kindSet;

    public SpanDraft(SpanBatchWriter writer, AnyJson any)
    {
        Writer = writer;
        Any = any;
        _singleMessages = new(_json, _text, Tapes);
        _messages = new(_singleMessages);
    }

    public SpanBatchWriter Writer { get; }

    public AnyJson Any { get; }

    public JsonTapes Tapes { get; } = new();

    /// <summary>How the dialect counts cached tokens, when it is known from the dialect.</summary>
    public UsageConvention Convention { get; set; }

    public bool HasKind => _kindSet;

    /// <summary>The span repeats what the spans below it report; its own usage is not counted.</summary>
    public bool RepeatsUsage { get; set; }

    /// <summary>A first stand-in for a span that will come again under its own id; it is not stored.</summary>
    public bool IsPlaceholder { get; set; }

    public void Reset()
    {
        _kindSet = RepeatsUsage = IsPlaceholder = false;
        Convention = UsageConvention.Unknown;
        _pendingWarning = null;
    }

    public void Kind(StoredKind? kind)
    {
        if (_kindSet || kind is not { } value) return;
        Writer.Kind = value;
        _kindSet = true;
    }

    public void Error(ReadOnlySpan<byte> message)
    {
        Writer.Status = StoredStatus.Error;
        if (!message.IsEmpty && !Writer.Has(SpanText.StatusMessage)) Writer.Set(SpanText.StatusMessage, message);
    }

    public void Warn(string warning) => Writer.Add(SpanList.Warnings, Encoding.UTF8.GetBytes(warning));

    /// <summary>The first non-empty of several attributes, as text.</summary>
    public void Text(SpanText field, in SpanSource source, params ReadOnlySpan<AttributeKey> keys)
    {
        if (!Writer.Has(field) && source.TryFirst(keys, out var value)) Text(field, value);
    }

    public void Text(SpanText field, in AnyValue value)
    {
        if (Writer.Has(field) || value.Kind == AnyKind.None) return;
        switch (value.Kind)
        {
            case AnyKind.String when value.Bytes.Length > 0: Writer.Set(field, value.Bytes); break;
            case AnyKind.String: break;
            case AnyKind.Int when Utf8Formatter.TryFormat(value.Int, _number, out var length): Writer.Set(field, _number.AsSpan(0, length)); break;
            default: Json(field, value); break;
        }
    }

    /// <summary>Sets a field to what another holds.</summary>
    public void Copy(SpanText from, SpanText to) => Writer.Set(to, _copied.Copy(Writer.Get(from)));

    /// <summary>An attribute as JSON: structured values as such, JSON in a string as it is.</summary>
    public void Json(SpanText field, in SpanSource source, params ReadOnlySpan<AttributeKey> keys)
    {
        if (!Writer.Has(field) && source.TryFirst(keys, out var value)) Json(field, value);
    }

    public void Json(SpanText field, in AnyValue value)
    {
        if (Writer.Has(field)) return;
        using var tape = Tapes.Rent();
        var output = BeginJson();
        if (value.Kind == AnyKind.String && EmbeddedJson.TryParse(value.Bytes, tape)) output.Value(tape.Root);
        else Any.WriteClean(output, value);
        EndJson(field);
    }

    /// <summary>Begins JSON for a field; end it with <see cref="EndJson"/>. One at a time.</summary>
    public JsonOutput BeginJson()
    {
        _json.Clear();
        return _json;
    }

    public void EndJson(SpanText field) => Writer.Set(field, _json.Written);

    /// <summary>A list, whether it came as an array, as JSON in a string, or as one text.</summary>
    public void List(SpanList field, in SpanSource source, AttributeKey key, byte separator = 0)
    {
        if (!source.TryGet(key, out var value)) return;
        if (value.Kind == AnyKind.Array)
        {
            foreach (var item in new AnyArray(value.Bytes))
            {
                if (Any.TryText(item, out var text)) Item(field, text);
            }
        }
        else if (value.Kind == AnyKind.String) List(field, value.Bytes, separator);
    }

    private void List(SpanList field, ReadOnlySpan<byte> value, byte separator)
    {
        using var tape = Tapes.Rent();
        if (EmbeddedJson.TryParse(value, tape))
        {
            foreach (var item in tape.Root.Items) Item(field, item.Utf8);
        }
        else if (separator != 0)
        {
            foreach (var part in value.Split(separator)) Item(field, value[part].Trim((byte)' '));
        }
        else Item(field, value);
    }

    private void Item(SpanList field, ReadOnlySpan<byte> item)
    {
        if (item.Length > 0) Writer.Add(field, item);
    }
}
