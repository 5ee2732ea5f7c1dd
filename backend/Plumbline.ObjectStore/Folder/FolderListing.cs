namespace Plumbline.ObjectStore.Folder;

/// <summary>Finds the objects under a prefix, in the order of their names.</summary>
internal static class FolderListing
{
    private static readonly EnumerationOptions Everything =
        new() { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None };

    public static List<(string Name, FileInfo File)> Under(FolderPaths paths, string prefix)
    {
        // Objects move from the first folder to the second only, so none is missed; one that is met in both is where it was met last.
        var found = new Dictionary<string, FileInfo>(StringComparer.Ordinal);
        foreach (var folder in paths.FoldersOf(prefix).Select(f => new DirectoryInfo(f)).Where(f => f.Exists))
            foreach (var file in folder.EnumerateFiles("*", Everything))
                if (paths.ToName(file.FullName) is { } name && name.StartsWith(prefix, StringComparison.Ordinal)) found[name] = file;
        var ordered = found.Select(f => (Name: f.Key, File: f.Value)).ToList();
        ordered.Sort(static (a, b) => Utf8NameComparer.Instance.Compare(a.Name, b.Name));
        return ordered;
    }
}
