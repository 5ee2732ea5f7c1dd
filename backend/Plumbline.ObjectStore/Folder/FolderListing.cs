namespace Plumbline.ObjectStore.Folder;

/// <summary>Finds the objects under a prefix, in the order of their names.</summary>
internal static class FolderListing
{
    public static List<(string Name, FileInfo File)> Under(FolderPaths paths, string prefix)
    {
        var found = new List<(string Name, FileInfo File)>();
        var folder = new DirectoryInfo(paths.FolderOf(prefix));
        if (!folder.Exists) return found;
        foreach (var file in folder.EnumerateFiles(
            "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None }))
        {
            if (paths.ToName(file.FullName) is { } name && name.StartsWith(prefix, StringComparison.Ordinal)) found.Add((name, file));
        }
        found.Sort(static (a, b) => Utf8NameComparer.Instance.Compare(a.Name, b.Name));
        return found;
    }
}
