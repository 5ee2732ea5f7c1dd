using System.Text;
using System.Text.Unicode;
using Plumbline.Otlp.Mapping.Json;
using Plumbline.Otlp.Redaction;
using Plumbline.Otlp.Wire;

namespace Plumbline.Otlp.Mapping;

/// <summary>Writes attribute values as JSON with their types kept: bytes as base64, numbers JSON does not have as text.</summary>
internal sealed class AnyJson(OtlpLimits limits)
{
    private readonly byte[] _note = Wire.Json.NestingNote.Text(limits);

    /// <summary>Applied to the texts that are written.</summary>
    public IRedactor? Redactor { get; set; }

    public void Write(JsonOutput json, in AnyValue value, int depth = 0) => Write(json, default, value, depth);

    private void Write(JsonOutput json, ReadOnlySpan<byte> name, in AnyValue value, int depth)
    {
        switch (value.Kind)
        {
            case AnyKind.String: json.Text(Clean(name, value.Bytes)); break;
            case AnyKind.Bool: json.Bool(value.Bool); break;
            case AnyKind.Int: json.Number(value.Int); break;
            case AnyKind.Double when double.IsFinite(value.Double): json.Number(value.Double); break;
            case AnyKind.Double: json.Text(NameOf(value.Double)); break;
            case AnyKind.Bytes: json.Base64(CleanBytes(value.Bytes)); break;
            case AnyKind.Array or AnyKind.Map when depth >= limits.MaxNesting: json.Text(_note); break;
            case AnyKind.Array: Array(json, name, value, depth); break;
            case AnyKind.Map: Map(json, KeyValues.OfMap(value.Bytes), depth); break;
            default: json.Null(); break;
        }
    }

    public void Map(JsonOutput json, KeyValues pairs, int depth = 0)
    {
        json.BeginObject();
        Members(json, pairs, depth);
        json.EndObject();
    }

    /// <summary>The members of an object that has others besides.</summary>
    public void Members(JsonOutput json, KeyValues pairs, int depth = 0)
    {
        DistinctNames? names = null;
        foreach (var pair in pairs)
        {
            var name = CleanName(pair.Key, pairs, ref names);
            json.Name(name);
            Write(json, name, pair.Value, depth + 1);
        }
    }

    /// <summary>The name of an attribute in valid UTF-8 and without what must not be stored. Names that the mapping knows say nothing of anybody.</summary>
    /// <param name="siblings">The attributes that it is one of.</param>
    /// <param name="names">Kept from one of them to the next.</param>
    public ReadOnlySpan<byte> CleanName(ReadOnlySpan<byte> name, KeyValues siblings, ref DistinctNames? names)
    {
        name = Valid(name);
        if (Redactor is null || !Redactor.TryRedact(name, out var redacted) || KnownNames.Contain(name)) return name;
        if (names is null)
        {
            names = new();
            foreach (var pair in siblings) names.Take(Valid(pair.Key));
        }
        return names.Next(redacted);
    }

    public void Text(JsonOutput json, ReadOnlySpan<byte> utf8) => json.Text(Clean(utf8));

    /// <summary>A name that is no attribute's.</summary>
    public void Name(JsonOutput json, ReadOnlySpan<byte> utf8) => json.Name(Clean(utf8));

    /// <summary>The text of a value that is stored as a JSON string: cleaned, bytes in base64, and the numbers that JSON does not have.</summary>
    public bool TryText(in AnyValue value, out ReadOnlySpan<byte> text) => TryText(default, value, out text);

    /// <inheritdoc cref="TryText(in AnyValue, out ReadOnlySpan{byte})"/>
    public bool TryText(ReadOnlySpan<byte> name, in AnyValue value, out ReadOnlySpan<byte> text)
    {
        text = value.Kind switch
        {
            AnyKind.String => Clean(name, value.Bytes),
            AnyKind.Bytes => Encoding.ASCII.GetBytes(Convert.ToBase64String(CleanBytes(value.Bytes))),
            AnyKind.Double when !double.IsFinite(value.Double) => NameOf(value.Double),
            _ => default,
        };
        return value.Kind is AnyKind.String or AnyKind.Bytes || (value.Kind == AnyKind.Double && !double.IsFinite(value.Double));
    }

    /// <summary>Writes a value of which the text has been cleaned already.</summary>
    public void WriteClean(JsonOutput json, in AnyValue value)
    {
        if (value.Kind == AnyKind.String) json.Text(value.Bytes);
        else Write(json, value);
    }

    /// <summary>The text in valid UTF-8 and without what must not be stored.</summary>
    public ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> text)
    {
        text = Valid(text);
        return Redactor is not null && Redactor.TryRedact(text, out var redacted) ? redacted : text;
    }

    /// <summary>As <see cref="Clean(ReadOnlySpan{byte})"/>, of a value that its name may tell.</summary>
    public ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        text = Valid(text);
        return Redactor is not null && Redactor.TryRedact(name, text, out var redacted) ? redacted : text;
    }

    // Bytes that are a text are one, whatever type the sender gave them.
    private ReadOnlySpan<byte> CleanBytes(ReadOnlySpan<byte> bytes) =>
        Redactor is not null && Utf8.IsValid(bytes) && Redactor.TryRedact(bytes, out var redacted) ? redacted : bytes;

    /// <summary>The text itself, or with U+FFFD where it is no UTF-8.</summary>
    public static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> text) => Utf8.IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));

    private static ReadOnlySpan<byte> NameOf(double number) => double.IsNaN(number) ? "NaN"u8 : number > 0 ? "Infinity"u8 : "-Infinity"u8;

    private void Array(JsonOutput json, ReadOnlySpan<byte> name, in AnyValue value, int depth)
    {
        json.BeginArray();
        foreach (var item in new AnyArray(value.Bytes)) Write(json, name, item, depth + 1);
        json.EndArray();
    }
}
