using System.Diagnostics;
using System.Globalization;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Faults;

/// <summary>A data folder with little space: a file system in memory, in a mount name space of the server's own. Needs root or unprivileged
/// user name spaces.</summary>
internal static class SmallDisk
{
    private const int FillBlock = 64 * 1024;
    private static readonly string[][] Ways = [["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]];

    /// <summary>What starts the server on such a folder.</summary>
    public static IReadOnlyList<string> Launcher(int megabytes) => Launcher(megabytes, "true");

    /// <summary>What starts the server on such a folder with a copy of another's content and not a byte left.</summary>
    public static IReadOnlyList<string> FullLauncher(int megabytes, string content) =>
        Launcher(megabytes, $"cp -a {content}/. \"$folder\" && ! cat /dev/zero > \"$folder/filler\" 2>/dev/null");

    /// <summary>What starts the server on such a folder with a copy of another's content and read-only.</summary>
    public static IReadOnlyList<string> ReadOnlyLauncher(int megabytes, string content) =>
        Launcher(megabytes, $"cp -a {content}/. \"$folder\" && mount -o remount,ro \"$folder\"");

    /// <summary>Frees the space that <see cref="FullLauncher"/> took.</summary>
    public static void Free(ServerProcess server) => File.Delete($"/proc/{server.ProcessId}/root{server.Folder}/filler");

    /// <summary>Lets the folder be written again after <see cref="ReadOnlyLauncher"/>.</summary>
    public static void MakeWritable(ServerProcess server)
    {
        string[] enter = ["--mount", "--target", $"{server.ProcessId}", "mount", "-o", "remount,rw", server.Folder];
        Assert.True(Runs(["nsenter", .. enter]) || Runs(["nsenter", "--user", "--preserve-credentials", .. enter]), "The disk could not be made writable.");
    }

    private static IReadOnlyList<string> Launcher(int megabytes, string prepare)
    {
        var way = Array.Find(Ways, Works);
        Assert.SkipWhen(way is null, "No small disk can be mounted here: neither as root nor in a user name space.");
        // The shell's first argument after the script is $0: the command that is run, whose last argument is the folder.
        return [
            .. way, "sh", "-c",
            string.Create(
                CultureInfo.InvariantCulture,
                $"for folder; do :; done; mount -t tmpfs -o size={megabytes}m plumbline \"$folder\" && {prepare} && exec \"$0\" \"$@\"")
        ];
    }

    /// <summary>Leaves no space.</summary>
    /// <returns>The file that takes it; deleting it frees the space.</returns>
    public static string Fill(ServerProcess server)
    {
        var path = $"/proc/{server.ProcessId}/root{server.Folder}/filler";
        var block = new byte[FillBlock];
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = FillBlock; size > 0;)
        {
            try
            {
                file.Write(block, 0, size);
            }
            catch (IOException)
            {
                size /= 2; // until not even a byte fits
            }
        }
        return path;
    }

    private static bool Works(string[] way) => Runs([.. way, "mount", "-t", "tmpfs", "plumbline", Path.GetTempPath()]);

    private static bool Runs(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, UseShellExecute = false });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }
}
