using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Plumbline.Host.Composition;
using Plumbline.Host.Configuration;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Upgrade;

/// <summary>A data folder that an earlier build left when it was killed, opened by this one a minute later: sessions and leases have not run out.</summary>
public sealed class OldFolder : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("plumbline-");
    private WebApplication _app = null!;

    /// <summary>What the folder's maker wrote down: ids, secrets, and the answers it got.</summary>
    public JsonElement Known { get; private set; }

    public IServiceProvider Services => _app.Services;

    public async ValueTask InitializeAsync()
    {
        Known = JsonDocument.Parse(await File.ReadAllBytesAsync(Fixture("before-orleans.json"))).RootElement;
        await using (var archive = new GZipStream(File.OpenRead(Fixture("before-orleans.tar.gz")), CompressionMode.Decompress))
            await TarFile.ExtractToDirectoryAsync(archive, _folder.FullName, overwriteFiles: false);
        var options = new ServerOptions { Port = 0, OtlpGrpcPort = 0, OtlpHttpPort = 0, Data = Path.Combine(_folder.FullName, "data") };
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(ServerOptions).Assembly.GetName().Name });
        builder.AddServer(options);
        builder.AddEngines(options);
        builder.AddProduct(options);
        builder.Services.AddSingleton<TimeProvider>(new ManualTimeProvider(Known.GetProperty("madeAt").GetDateTimeOffset().AddMinutes(1)));
        builder.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        _app = builder.Build();
        _app.UseServer();
        _app.MapProduct();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Delete(true);
    }

    public static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", "folders", name);

    /// <summary>A key of the project: all, read or revoked.</summary>
    public HttpClient Script(string key) => Client(("x-api-key", Known.GetProperty("keys").GetProperty(key).GetString()!));

    /// <summary>A browser that was signed in when the earlier build ended.</summary>
    public HttpClient Browser(string person) => Client(("cookie", Known.GetProperty("sessions").GetProperty(person).GetString()!), ("x-plumbline-csrf", "1"));

    public static async Task<JsonElement> AskAsync(HttpClient client, string query, object? variables = null)
    {
        using var answer = await client.PostAsJsonAsync("/graphql", new { query, variables });
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return json.TryGetProperty("errors", out var errors) ? throw new InvalidOperationException(errors.ToString()) : json.GetProperty("data");
    }

    private HttpClient Client(params (string Name, string Value)[] headers)
    {
        var handler = new SocketsHttpHandler { UseCookies = false };
        var client = new HttpClient(handler) { BaseAddress = new Uri(_app.Urls.First().Replace("localhost", "127.0.0.1", StringComparison.Ordinal)) };
        foreach (var (name, value) in headers) client.DefaultRequestHeaders.Add(name, value);
        return client;
    }
}
