using System.Globalization;

namespace Plumbline.Host.Hosting;

/// <summary>The folder that holds everything: e-mail addresses, hashes of passwords, traces. It is made for the account alone that runs the server.</summary>
internal static class DataFolder
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder if it is not there. On Windows it gets the rights of the folder that it lies in.</summary>
    /// <returns>
    /// What to tell the operator about a folder that others get into, or null. Its rights are left as they are: whoever widened them may have let a
    /// backup in, which would then fail unseen.
    /// </returns>
    public static string? Prepare(string path)
    {
        var folder = Path.GetFullPath(path);
        if (OperatingSystem.IsWindows()) return null;
        try
        {
            if (!Directory.Exists(folder)) Directory.CreateDirectory(folder, OwnerAlone);
            var mode = File.GetUnixFileMode(folder);
            return (mode & ~OwnerAlone & ~UnixFileMode.StickyBit) == UnixFileMode.None ? null : Sentence(folder, mode);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // the store says what is wrong with it
        }
    }

    private static string Sentence(string folder, UnixFileMode mode) => string.Create(
        CultureInfo.InvariantCulture,
        $"The data folder {folder} is open to other accounts of this machine (mode {Convert.ToString((int)mode, 8)}), and it holds e-mail addresses, hashes of "
            + $"passwords and traces. Unless that is meant, close it: chmod 700 '{folder}'");
}
