using Microsoft.Win32.SafeHandles;

namespace Plumbline.ObjectStore.Folder;

/// <summary>The entity tag of a file: its modification time, which no two puts share, and its length, which every append changes.</summary>
internal static class FileTag
{
    public static string Of(SafeFileHandle file) => Format(File.GetLastWriteTimeUtc(file), RandomAccess.GetLength(file));

    public static string? Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? Format(file.LastWriteTimeUtc, file.Length) : null;
    }

    public static ObjectProperties Properties(string name, FileInfo file) =>
        new(name, file.Length, Format(file.LastWriteTimeUtc, file.Length), new DateTimeOffset(file.LastWriteTimeUtc));

    private static string Format(DateTime written, long length) => $"{written.Ticks:x}-{length:x}";
}

/// <summary>The time, never the same twice.</summary>
internal sealed class UniqueTime(TimeProvider clock)
{
    private long _last;

    public DateTime Last => new(Interlocked.Read(ref _last), DateTimeKind.Utc);

    public DateTime Next()
    {
        var now = clock.GetUtcNow().UtcTicks;
        while (true)
        {
            var last = Interlocked.Read(ref _last);
            var next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last) return new DateTime(next, DateTimeKind.Utc);
        }
    }
}
