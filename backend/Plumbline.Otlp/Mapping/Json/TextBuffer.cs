namespace Plumbline.Otlp.Mapping.Json;

/// <summary>Bytes put together piece by piece, in an array that is kept from use to use.</summary>
internal sealed class TextBuffer
{
    private const int MostKept = 1 << 20;

    private byte[] _bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear()
    {
        if (_bytes.Length > MostKept) _bytes = new byte[1024];
        Length = 0;
    }

    public void Write(ReadOnlySpan<byte> piece)
    {
        if (_bytes.Length - Length < piece.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + piece.Length));
        piece.CopyTo(_bytes.AsSpan(Length));
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
