namespace Plumbline.Tidy.Tests;

/// <summary>The checked-out sources, as the tidy tests read them.</summary>
internal static class Repository
{
    private static readonly string[] Generated = ["artifacts", "node_modules", "dist", "gql", "bin", "obj", ".git", "test-results", "data"];

    public static string Root { get; } = FindRoot();

    /// <summary>Source files below a folder of the repository, as paths relative to the root with forward slashes.</summary>
    public static IEnumerable<string> Files(string folder, params string[] endings)
    {
        var pending = new Stack<string>([Path.Combine(Root, folder)]);
        while (pending.TryPop(out var directory))
        {
            if (!Directory.Exists(directory)) continue;
            foreach (var child in Directory.EnumerateDirectories(directory))
                if (!Generated.Contains(Path.GetFileName(child))) pending.Push(child);
            foreach (var file in Directory.EnumerateFiles(directory).Where(f => endings.Any(f.EndsWith)))
                yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }
    }

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static IEnumerable<string> Folders(string folder) => Directory.Exists(Path.Combine(Root, folder))
        ? Directory.EnumerateDirectories(Path.Combine(Root, folder)).Select(d => Path.GetFileName(d)).Where(d => !Generated.Contains(d))
        : [];

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(Path.Combine(directory.FullName, "Platform.sln"))) return directory.FullName;
        throw new InvalidOperationException("The tidy tests run from a checkout: no Platform.sln was found above " + AppContext.BaseDirectory);
    }
}
