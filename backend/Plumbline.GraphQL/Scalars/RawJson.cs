namespace Plumbline.GraphQL;

/// <summary>A JSON value as UTF-8 bytes. Written to the answer as it is: it must be one well-formed value. Empty means null.</summary>
/// <param name="Utf8">The bytes.</param>
public readonly record struct RawJson(ReadOnlyMemory<byte> Utf8)
{
    /// <summary>JSON text as a value; null stays null.</summary>
    public static RawJson? FromText(string? json) => json is null ? null : new RawJson(System.Text.Encoding.UTF8.GetBytes(json));

    /// <summary>The JSON text.</summary>
    public override string ToString() => Utf8.IsEmpty ? "null" : System.Text.Encoding.UTF8.GetString(Utf8.Span);
}
