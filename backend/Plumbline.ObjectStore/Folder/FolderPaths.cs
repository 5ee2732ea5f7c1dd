using System.Text;

namespace Plumbline.ObjectStore.Folder;

/// <summary>Names to paths and back: a segment becomes a file or folder name, every byte that is not plain as %XX.</summary>
internal sealed class FolderPaths(string root)
{
    /// <summary>Where half-written files live until they are renamed; the leading dot keeps it apart from objects.</summary>
    public string Temporary { get; } = Path.Combine(root, ".tmp");

    public string Lock { get; } = Path.Combine(root, ".lock");

    public string Holder { get; } = Path.Combine(root, ".holder");

    public string Root => root;

    public string ToPath(string name)
    {
        ObjectName.Validate(name);
        return Path.Combine(root, Escape(name));
    }

    /// <summary>The deepest folder in which every name with this prefix lies.</summary>
    public string FolderOf(string prefix)
    {
        var end = prefix.LastIndexOf('/');
        return end <= 0 ? root : Path.Combine(root, Escape(prefix[..end]));
    }

    /// <summary>The name of a file under the root; null for the store's own files.</summary>
    public string? ToName(string path)
    {
        var relative = Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/');
        return relative.StartsWith('.') || relative.Contains("/.", StringComparison.Ordinal) ? null : Uri.UnescapeDataString(relative);
    }

    private static string Escape(string name)
    {
        var path = new StringBuilder(name.Length + 8);
        Span<byte> utf8 = stackalloc byte[4];
        var index = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune.Value == '/')
            {
                path.Append(Path.DirectorySeparatorChar);
                index = 0;
                continue;
            }
            if (rune.IsBmp && ObjectName.IsPlain((char)rune.Value, index)) path.Append((char)rune.Value);
            else foreach (var b in utf8[..rune.EncodeToUtf8(utf8)]) path.Append('%').Append(b.ToString("X2"));
            index++;
        }
        return path.ToString();
    }
}
