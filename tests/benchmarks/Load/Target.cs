using System.Diagnostics;
using System.Globalization;
using Plumbline.Testing;

namespace Plumbline.Benchmarks.Load;

/// <summary>A server to put under load, in a process of its own.</summary>
internal sealed record Target(string Name, Uri Url, int GrpcPort, int ProcessId)
{
    public const string ApiKey = "pl_0123456789abcdefghijklmnopqrstuvwxyz";
    public const string OwnerEmail = "owner@example.com";
    public const string OwnerPassword = "correct horse";

    /// <summary>What an unattended install asks for.</summary>
    public static IReadOnlyDictionary<string, string> FirstRun { get; } = new Dictionary<string, string>
    {
        ["PLUMBLINE_INIT_ORGANIZATION"] = "Bench",
        ["PLUMBLINE_INIT_PROJECT"] = "Bench",
        ["PLUMBLINE_INIT_API_KEY"] = ApiKey,
        ["PLUMBLINE_INIT_OWNER_EMAIL"] = OwnerEmail,
        ["PLUMBLINE_INIT_OWNER_PASSWORD"] = OwnerPassword,
    };

    public static Target Of(ServerProcess server) => new("plumbline", server.Url, server.OtlpGrpcPort, server.ProcessId);

    // The program runs by itself, or as what dotnet was given.
    private static string[] Program() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Target).Assembly.Location] : [];

    /// <summary>Starts a yardstick, hands it over, and ends it.</summary>
    public static async Task WithYardstickAsync(string kind, Func<Target, Task> use)
    {
        var folder = Directory.CreateTempSubdirectory("plumbline-yardstick-").FullName;
        using var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!, [.. Program(), "yardstick", kind, folder])
        { RedirectStandardOutput = true, UseShellExecute = false })!;
        try
        {
            var ports = (await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The yardstick did not start.")).Split(' ')
                .Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
            await use(new(kind, new Uri($"http://127.0.0.1:{ports[0]}"), ports[1], process.Id));
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    public async Task<ISender[]> ConnectAsync(LoadSettings settings) => settings.IsGrpc
        ? GrpcSender.Share(GrpcPort, ApiKey, settings.Connections, settings.Gzip)
        : await Task.WhenAll(Enumerable.Range(0, settings.Connections).Select(_ => HttpSender.ConnectAsync(Url, ApiKey, settings.IsJson)));
}
