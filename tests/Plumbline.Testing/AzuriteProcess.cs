using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Plumbline.Testing;

/// <summary>The emulator of Azure Storage, in a process of its own on free ports; everything is in its memory. npm installs it.</summary>
public sealed partial class AzuriteProcess : IAsyncDisposable
{
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="; // the emulator's, known to everybody
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentQueue<string> _output = [];
    private readonly ConcurrentDictionary<string, int> _ports = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private AzuriteProcess(bool tables)
    {
        string[] services = tables ? ["blob", "queue", "table"] : ["blob"];
        string[] arguments =
        [
            Program(tables ? "azurite.js" : "blob/main.js"),
            .. services.SelectMany(s => new[] { $"--{s}Host", "127.0.0.1", $"--{s}Port", "0" }),
            "--inMemoryPersistence", "--silent", "--skipApiVersionCheck", "--disableTelemetry",
        ];
        var start = new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data, services.Length);
        _process.ErrorDataReceived += (_, line) => Read(line.Data, services.Length);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException("azurite ended before it listened."));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Where blobs are.</summary>
    public int BlobPort => _ports["Blob"];

    /// <summary>The account's blob endpoint.</summary>
    public Uri BlobEndpoint => new($"http://127.0.0.1:{BlobPort}/{Account}");

    /// <summary>The account with its key, for the services that run.</summary>
    public string ConnectionString => ConnectionStringAt(BlobPort);

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="tables">Whether it serves tables besides blobs.</param>
    public static async Task<AzuriteProcess> StartAsync(bool tables = false)
    {
        var azurite = new AzuriteProcess(tables);
        try
        {
            await azurite._listening.Task.WaitAsync(Patience);
            return azurite;
        }
        catch (Exception failure)
        {
            await azurite.DisposeAsync();
            throw new InvalidOperationException($"azurite did not start:\n{string.Join('\n', azurite._output)}", failure);
        }
    }

    /// <summary>The same account with its blobs on another port: that of a proxy.</summary>
    public string ConnectionStringAt(int blobPort)
    {
        var tables = _ports.TryGetValue("Table", out var port) ? $"TableEndpoint=http://127.0.0.1:{port}/{Account};" : "";
        return $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{blobPort}/{Account};{tables}";
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Program(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var program = Path.Combine(folder.FullName, "node_modules", "azurite", "dist", "src", path);
            if (File.Exists(program)) return program;
        }
        throw new FileNotFoundException("azurite is not installed: run npm ci at the top of the repository.");
    }

    private void Read(string? line, int services)
    {
        if (line is null) return;
        _output.Enqueue(line);
        if (ListeningLine().Match(line) is not { Success: true } found) return;
        _ports[found.Groups["service"].Value] = int.Parse(found.Groups["port"].ValueSpan, CultureInfo.InvariantCulture);
        if (_ports.Count == services) _listening.TrySetResult();
    }

    [GeneratedRegex(@"^Azurite (?<service>\w+) service .*success.* http://127\.0\.0\.1:(?<port>[0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ListeningLine();
}
