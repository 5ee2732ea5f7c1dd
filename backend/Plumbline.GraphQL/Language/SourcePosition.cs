using System.Text;

namespace Plumbline.GraphQL.Language;

/// <summary>Turns byte offsets into lines and columns, only when an error needs them.</summary>
internal static class SourcePosition
{
    public static SourceLocation Of(ReadOnlySpan<byte> source, int offset)
    {
        var before = source[..Math.Min(offset, source.Length)];
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < before.Length; i++)
        {
            if (before[i] is not ((byte)'\n' or (byte)'\r')) continue;
            if (before[i] == '\r' && i + 1 < source.Length && source[i + 1] == '\n') continue;
            line++;
            lineStart = i + 1;
        }
        return new SourceLocation(line, 1 + Encoding.UTF8.GetCharCount(before[lineStart..]));
    }
}
