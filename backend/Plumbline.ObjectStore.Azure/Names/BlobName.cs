using System.Text;

namespace Plumbline.ObjectStore.Azure.Names;

/// <summary>Names of objects to names of blobs and back. They are the same, but for what the service or the way to it would change: a dot at
/// the end of a segment, a backslash, and the two characters that XML cannot carry stand as %XX, and so does a percent sign that would
/// otherwise look like one of these.</summary>
internal static class BlobName
{
    private static readonly string[] Escapes = ["25", "2E", "5C", "EF%BF%BE", "EF%BF%BF"];

    /// <summary>The name of the object's blob.</summary>
    /// <exception cref="InvalidObjectNameException">It breaks a rule of all stores or a limit of the service.</exception>
    public static string Of(string name)
    {
        ObjectName.Validate(name);
        var blob = Escape(name);
        if (blob.Length > Limits.LongestName) throw new InvalidObjectNameException(name, $"a blob's name has at most {Limits.LongestName} characters");
        if (blob.AsSpan().Count('/') >= Limits.MostSegments)
            throw new InvalidObjectNameException(name, $"a blob's name has at most {Limits.MostSegments} segments");
        return blob;
    }

    /// <summary>What the names of all blobs begin with whose objects' names begin with the prefix; others may begin with it too.</summary>
    public static string PrefixOf(string prefix)
    {
        var end = prefix.Length;
        while (end > 0 && UndecidedAt(prefix.AsSpan(0, end)) is var start && start < end) end = start;
        return Escape(prefix[..end]);
    }

    /// <summary>Where the end of a text begins that may look different together with what follows.</summary>
    private static int UndecidedAt(ReadOnlySpan<char> text)
    {
        if (text[^1] == '.' || char.IsSurrogate(text[^1])) return text.Length - 1;
        var percent = text.LastIndexOf('%');
        return percent >= 0 && text.Length - percent <= Escapes[^1].Length ? percent : text.Length;
    }

    /// <summary>The name of the object whose blob has this name.</summary>
    public static string ToName(string blob)
    {
        if (!blob.Contains('%')) return blob;
        var name = new StringBuilder(blob.Length);
        for (var i = 0; i < blob.Length; i++)
        {
            var escape = blob[i] == '%' ? EscapeAt(blob, i + 1) : null;
            name.Append(escape is null ? blob[i] : Uri.UnescapeDataString("%" + escape)[0]);
            i += escape?.Length ?? 0;
        }
        return name.ToString();
    }

    /// <summary>Whether the service may list it before its turn: an escaped name, and one with characters that UTF-16 sorts otherwise than UTF-8.</summary>
    public static bool IsListedEarly(string blob, string name) => blob.Length != name.Length || name.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0;

    private static string Escape(string name)
    {
        if (name.AsSpan().IndexOfAny("%\\.\uFFFE\uFFFF") < 0) return name;
        var blob = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (NeedsEscape(name, i)) blob.Append(EscapeOf(name[i]));
            else blob.Append(name[i]);
        }
        return blob.ToString();
    }

    private static bool NeedsEscape(string name, int index) => name[index] switch
    {
        '\\' or '\uFFFE' or '\uFFFF' => true,
        '.' => index + 1 == name.Length || name[index + 1] == '/',
        '%' => EscapeAt(name, index + 1) is not null,
        _ => false,
    };

    private static string EscapeOf(char c) => c switch
    {
        '\\' => "%5C",
        '.' => "%2E",
        '%' => "%25",
        '\uFFFE' => "%EF%BF%BE",
        _ => "%EF%BF%BF",
    };

    private static string? EscapeAt(string text, int index)
    {
        foreach (var escape in Escapes)
        {
            if (string.CompareOrdinal(text, index, escape, 0, escape.Length) == 0) return escape;
        }
        return null;
    }
}
