using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Otlp.Mapping.Messages;
using Plumbline.Otlp.Wire;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping;

/// <summary>The span being made. Every setter leaves alone what is set already, so that the order of the dialects is their precedence.</summary>
internal sealed partial class SpanDraft : IDisposable
{
    private static readonly JsonWriterOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true, MaxDepth = 1000 };

    private readonly AnyJson any;
    private readonly Utf8JsonWriter json;
    private readonly TextCollector text = new();
    private readonly MessageShapes messages;
    private readonly MessageWriter singleMessages;
    private readonly byte[] number = new byte[64];
    private readonly System.Buffers.ArrayBufferWriter<byte> rendered = new(4096);
    private bool kindSet;

    public SpanDraft(SpanBatchWriter writer, AnyJson any)
    {
        Writer = writer;
        this.any = any;
        json = new(writer, JsonOptions);
        singleMessages = new(json, text);
        messages = new(singleMessages);
    }

    public SpanBatchWriter Writer { get; }

    public AnyJson Any => any;

    /// <summary>The writer of the field begun with <see cref="BeginJson"/>.</summary>
    public Utf8JsonWriter Output => json;

    /// <summary>How the dialect counts cached tokens, when it is known from the dialect.</summary>
    public UsageConvention Convention { get; set; }

    public bool HasKind => kindSet;

    /// <summary>The span repeats what the spans below it report; its own usage is not counted.</summary>
    public bool RepeatsUsage { get; set; }

    /// <summary>A first stand-in for a span that will come again under its own id; it is not stored.</summary>
    public bool IsPlaceholder { get; set; }

    public void Reset()
    {
        kindSet = RepeatsUsage = IsPlaceholder = false;
        Convention = UsageConvention.Unknown;
    }

    public void Dispose() => json.Dispose();

    public void Kind(SpanKind? kind)
    {
        if (kindSet || kind is not { } value) return;
        Writer.Kind = value;
        kindSet = true;
    }

    public void Error(ReadOnlySpan<byte> message)
    {
        Writer.Status = SpanStatus.Error;
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
            case AnyKind.Int when Utf8Formatter.TryFormat(value.Int, number, out var length): Writer.Set(field, number.AsSpan(0, length)); break;
            default: Json(field, value); break;
        }
    }

    /// <summary>An attribute as JSON: structured values as such, JSON in a string as it is.</summary>
    public void Json(SpanText field, in SpanSource source, params ReadOnlySpan<AttributeKey> keys)
    {
        if (!Writer.Has(field) && source.TryFirst(keys, out var value)) Json(field, value);
    }

    public void Json(SpanText field, in AnyValue value)
    {
        if (Writer.Has(field)) return;
        if (value.Kind == AnyKind.String && EmbeddedJson.TryParse(value.Bytes, out var document))
        {
            using (document) Write(field, document.RootElement);
            return;
        }
        Write(field, value);
    }

    /// <summary>Writes JSON into a field with the writer that is at hand.</summary>
    public void Write(SpanText field, Action<Utf8JsonWriter> write)
    {
        json.Reset(Writer.Open(field));
        write(json);
        json.Flush();
        Writer.Close();
    }

    public void Write(SpanText field, JsonElement value)
    {
        json.Reset(Writer.Open(field));
        value.WriteTo(json);
        json.Flush();
        Writer.Close();
    }

    private void Write(SpanText field, in AnyValue value)
    {
        json.Reset(Writer.Open(field));
        any.Write(json, value);
        json.Flush();
        Writer.Close();
    }

    /// <summary>Begins an object in a field; end it with <see cref="EndJson"/>.</summary>
    public Utf8JsonWriter BeginJson(SpanText field)
    {
        json.Reset(Writer.Open(field));
        return json;
    }

    public void EndJson()
    {
        json.Flush();
        Writer.Close();
    }

    /// <summary>A list, whether it came as an array, as JSON in a string, or as one text.</summary>
    public void List(SpanList field, in SpanSource source, AttributeKey key, byte separator = 0)
    {
        if (!source.TryGet(key, out var value)) return;
        if (value.Kind == AnyKind.Array)
        {
            foreach (var item in new AnyArray(value.Bytes)) Item(field, item.Kind == AnyKind.String ? item.Bytes : default);
        }
        else if (value.Kind == AnyKind.String && EmbeddedJson.TryParse(value.Bytes, out var document))
        {
            using (document) Items(field, document.RootElement);
        }
        else if (value.Kind == AnyKind.String && separator != 0)
        {
            foreach (var part in value.Bytes.Split(separator)) Item(field, value.Bytes[part].Trim((byte)' '));
        }
        else if (value.Kind == AnyKind.String) Item(field, value.Bytes);
    }

    private void Items(SpanList field, JsonElement list)
    {
        if (!list.IsArray()) return;
        foreach (var item in list.EnumerateArray())
        {
            if (item.IsText()) Item(field, Encoding.UTF8.GetBytes(item.GetString()!));
        }
    }

    private void Item(SpanList field, ReadOnlySpan<byte> text)
    {
        if (text.Length > 0) Writer.Add(field, text);
    }
}
