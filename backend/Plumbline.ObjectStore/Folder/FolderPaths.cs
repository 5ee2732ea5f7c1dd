using System.Text;

namespace Plumbline.ObjectStore.Folder;

/// <summary>Names to paths and back: a segment becomes a file or folder name, every byte that is not plain as %XX, and so the last dot of a
/// folder: <c>x.json</c> is a file and <c>x.json/y</c> lies in <c>x%2Ejson</c>. Folders that earlier versions made, with their dots, are read
/// and written on as they are.</summary>
internal sealed class FolderPaths(string root)
{
    /// <summary>Where half-written files live until they are renamed; the leading dot keeps it apart from objects.</summary>
    public string Temporary { get; } = Path.Combine(root, ".tmp");

    public string Lock { get; } = Path.Combine(root, ".lock");

    public string Holder { get; } = Path.Combine(root, ".holder");

    public string Root => root;

    /// <summary>Where the object lies, or will lie when it is written.</summary>
    public string ToPath(string name)
    {
        ObjectName.Validate(name);
        return Former(name) is { } former && File.Exists(former) ? former : NewPath(name);
    }

    /// <summary>Where the object lies unless an earlier version wrote it.</summary>
    public string NewPath(string name) => Path.Combine(root, Escape(name, dots: true));

    /// <summary>Where an object of this name lies now that was not found at <paramref name="path"/>; null when it lies there, if anywhere.</summary>
    public string? Elsewhere(string name, string path) => ToPath(name) is var now && now != path ? now : null;

    /// <summary>The deepest folders in which every name with this prefix lies: one, or that of earlier versions before it.</summary>
    public IEnumerable<string> FoldersOf(string prefix)
    {
        var end = prefix.LastIndexOf('/');
        if (end <= 0) return [root];
        // The segments up to the end are all folders; the name of an object in them stands for it.
        var within = prefix[..(end + 1)];
        var now = Path.Combine(root, Escape(within, dots: true));
        return Former(within) is { } former ? [former, now] : [now];
    }

    /// <summary>Where earlier versions put the object; null where that is the same place.</summary>
    private string? Former(string name) =>
        name.AsSpan(0, Math.Max(0, name.LastIndexOf('/'))).Contains('.') ? Path.Combine(root, Escape(name, dots: false)) : null;

    /// <summary>The name of a file under the root; null for the store's own files.</summary>
    public string? ToName(string path)
    {
        var relative = Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
        return relative.StartsWith('.') || relative.Contains("/.", StringComparison.Ordinal) ? null : Uri.UnescapeDataString(relative);
    }

    /// <summary>The path of a name below the root.</summary>
    /// <param name="name">The name.</param>
    /// <param name="dots">Whether the last dot of a folder is escaped. A file with a dot in its name keeps it, so that the two are never one.</param>
    private static string Escape(string name, bool dots)
    {
        var path = new StringBuilder(name.Length + 8);
        var start = 0;
        for (var end = name.IndexOf('/'); end >= 0; end = name.IndexOf('/', start))
        {
            var segment = name.AsSpan(start, end - start);
            EscapeSegment(segment, path, dots && HasRoom(segment) ? segment.LastIndexOf('.') : -1);
            path.Append(Path.DirectorySeparatorChar);
            start = end + 1;
        }
        EscapeSegment(name.AsSpan(start), path, dotAt: -1);
        return path.ToString();
    }

    /// <summary>A segment that fills a file name to the end keeps its dot.</summary>
    private static bool HasRoom(ReadOnlySpan<char> segment) => ObjectName.EscapedLength(segment) + 2 <= ObjectName.MaxSegmentLength;

    private static void EscapeSegment(ReadOnlySpan<char> segment, StringBuilder path, int dotAt)
    {
        Span<byte> utf8 = stackalloc byte[4];
        var index = 0;
        foreach (var rune in segment.EnumerateRunes())
        {
            if (index != dotAt && rune.IsBmp && ObjectName.IsPlain((char)rune.Value, index)) path.Append((char)rune.Value);
            else foreach (var b in utf8[..rune.EncodeToUtf8(utf8)]) path.Append('%').Append(b.ToString("X2"));
            index += rune.Utf16SequenceLength;
        }
    }
}
