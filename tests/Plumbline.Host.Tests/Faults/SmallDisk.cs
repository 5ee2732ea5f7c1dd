using System.Diagnostics;
using System.Globalization;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Faults;

/// <summary>A data folder with little space: a file system in memory, in a mount name space of the server's own. Needs root or unprivileged user name spaces.</summary>
internal static class SmallDisk
{
    private const int FillBlock = 64 * 1024;
    private static readonly string[][] Ways = [["unshare", "--mount"], ["unshare", "--map-root-user", "--mount"]];

    /// <summary>What starts the server on such a folder.</summary>
    public static IReadOnlyList<string> Launcher(int megabytes)
    {
        var way = Array.Find(Ways, Works);
        Assert.SkipWhen(way is null, "No small disk can be mounted here: neither as root nor in a user name space.");
        // The shell's first argument after the script is $0: the command that is run, whose last argument is the folder.
        return [.. way, "sh", "-c", string.Create(CultureInfo.InvariantCulture, $"for folder; do :; done; mount -t tmpfs -o size={megabytes}m plumbline \"$folder\" && exec \"$0\" \"$@\"")];
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

    private static bool Works(string[] way)
    {
        using var probe = Process.Start(new ProcessStartInfo(way[0], [.. way[1..], "mount", "-t", "tmpfs", "plumbline", Path.GetTempPath()]) { RedirectStandardError = true, UseShellExecute = false });
        probe!.WaitForExit();
        return probe.ExitCode == 0;
    }
}
