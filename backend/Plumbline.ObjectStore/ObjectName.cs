using System.Text;

namespace Plumbline.ObjectStore;

/// <summary>The rules for names: segments separated by <c>/</c>, none empty, none <c>.</c> or <c>..</c>, no control characters,
/// no unpaired surrogates, at most <see cref="MaxLength"/> bytes of UTF-8, each segment at most <see cref="MaxSegmentLength"/> bytes once
/// escaped for a file system.</summary>
public static class ObjectName
{
    /// <summary>The longest name, in bytes of UTF-8.</summary>
    public const int MaxLength = 1024;

    /// <summary>The longest segment, in bytes after %-escaping: what common file systems allow in one file name.</summary>
    public const int MaxSegmentLength = 255;

    /// <summary>Throws when the name breaks a rule.</summary>
    /// <exception cref="InvalidObjectNameException">Says which rule.</exception>
    public static void Validate(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Fault(name) is { } fault) throw new InvalidObjectNameException(name, fault);
    }

    private static string? Fault(string name)
    {
        if (name.Length == 0) return "a name may not be empty";
        if (HasUnpairedSurrogate(name)) return "a name may hold no unpaired surrogates";
        if (Encoding.UTF8.GetByteCount(name) > MaxLength) return $"a name may have at most {MaxLength} bytes";
        foreach (var range in name.AsSpan().Split('/'))
        {
            if (SegmentFault(name.AsSpan(range)) is { } fault) return fault;
        }
        return null;
    }

    private static string? SegmentFault(ReadOnlySpan<char> segment)
    {
        if (segment.IsEmpty) return "a name may have no empty segment";
        if (segment is "." or "..") return "a segment may not be '.' or '..'";
        foreach (var c in segment)
        {
            if (char.IsControl(c)) return "a name may hold no control characters";
        }
        return EscapedLength(segment) > MaxSegmentLength ? $"a segment may have at most {MaxSegmentLength} bytes once escaped" : null;
    }

    private static bool HasUnpairedSurrogate(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i])) continue;
            if (i + 1 == name.Length || !char.IsSurrogatePair(name[i], name[i + 1])) return true;
            i++;
        }
        return false;
    }

    /// <summary>Whether the character stands for itself in a file name. A leading dot does not: such files are the store's own.</summary>
    internal static bool IsPlain(char c, int index) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || (c == '.' && index > 0);

    internal static int EscapedLength(ReadOnlySpan<char> segment)
    {
        var length = 0;
        for (var i = 0; i < segment.Length; i++)
        {
            length += IsPlain(segment[i], i) ? 1 : 3 * Utf8Bytes(segment[i]);
        }
        return length;
    }

    // A surrogate pair is four bytes in UTF-8: two for each half.
    private static int Utf8Bytes(char c) => c < 0x80 ? 1 : c < 0x800 || char.IsSurrogate(c) ? 2 : 3;
}
