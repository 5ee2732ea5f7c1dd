namespace Plumbline.Otlp.Mapping.Json;

/// <summary>Bytes put together piece by piece, in an array that is kept from use to use.</summary>
internal sealed class TextBuffer
{
    private const int MostKept = 1 << 20;

    private byte[] bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear()
    {
        if (bytes.Length > MostKept) bytes = new byte[1024];
        Length = 0;
    }

    public void Write(ReadOnlySpan<byte> piece)
    {
        if (bytes.Length - Length < piece.Length) Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + piece.Length));
        piece.CopyTo(bytes.AsSpan(Length));
        Length += piece.Length;
    }

    /// <summary>A copy of a text, good until the next use.</summary>
    public ReadOnlySpan<byte> Copy(ReadOnlySpan<byte> text)
    {
        Clear();
        Write(text);
        return Written;
    }
}
