using System.Net.Http.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Web;

/// <summary>Strangers with wrong passwords keep themselves out, and tell nobody who has an account.</summary>
public sealed class LockoutTests(LockoutTests.Behind behind) : IClassFixture<LockoutTests.Behind>
{
    private const string Stranger = "198.51.100.1";
    private const string Elsewhere = "203.0.113.7";
    private static readonly string[] ManyNetworks = [.. Enumerable.Range(1, 20).Select(i => $"192.0.2.{i}")];

    public sealed class Behind : IAsyncLifetime
    {
        public ServerProcess Process { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Process = await ServerProcess.StartAsync(environment: new Dictionary<string, string>(RunningServer.FirstRun)
        {
            ["PLUMBLINE_TRUSTED_PROXIES"] = "127.0.0.1,::1",
            ["PLUMBLINE_ACCESS__MAX_FAILED_SIGN_INS"] = "3",
            ["PLUMBLINE_ACCESS__MAX_FAILED_SIGN_INS_OF_STRANGERS"] = "20",
            ["PLUMBLINE_ACCESS__SIGN_IN_REQUESTS_PER_MINUTE"] = "1000",
        });

        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }

    [Fact]
    public async Task Owner_IsLetIn_WhileAStrangerIsLocked()
    {
        using var stranger = Client();
        using var owner = Client();
        foreach (var address in new[] { "ann@example.com", "nobody@example.com" })
            Assert.Equal("401 401 401 429", await TryAsync(stranger, address, "wrong password", Stranger, Stranger, Stranger, Stranger));
        Assert.Equal("429", await TryAsync(stranger, "ann@example.com", RunningServer.Password, Stranger));
        Assert.Equal("204", await TryAsync(owner, "ann@example.com", RunningServer.Password, Elsewhere));
        Assert.Equal("204", await TryAsync(owner, "ann@example.com", RunningServer.Password, Stranger));

        // Whoever has many networks is stopped in the end, and keeps new browsers out; not one that has signed in before.
        await TryAsync(stranger, "ann@example.com", "wrong password", ManyNetworks);
        using var newBrowser = Client();
        Assert.Equal("429", await TryAsync(newBrowser, "ann@example.com", RunningServer.Password, "203.0.113.99"));
        Assert.Equal("204", await TryAsync(owner, "ann@example.com", RunningServer.Password, "203.0.113.99"));

        // A browser of somebody else is a stranger's for this account: the cookie names its people, and is sealed.
        Assert.Equal("429", await TryAsync(newBrowser, "ann@example.com", RunningServer.Password, [("Cookie", "plumbline_device=made-up")], "203.0.113.99"));
    }

    private HttpClient Client() => new() { BaseAddress = behind.Process.Url };

    private static Task<string> TryAsync(HttpClient client, string email, string password, params string[] addresses) =>
        TryAsync(client, email, password, [], addresses);

    private static async Task<string> TryAsync(HttpClient client, string email, string password, (string, string)[] headers, params string[] addresses)
    {
        var statuses = new List<int>();
        foreach (var address in addresses)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/signin/password") { Content = JsonContent.Create(new { email, password }) };
            foreach (var (name, value) in headers.Append(("x-plumbline-csrf", "1")).Append(("X-Forwarded-For", address)))
                request.Headers.TryAddWithoutValidation(name, value);
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            statuses.Add((int)answer.StatusCode);
        }
        return string.Join(' ', statuses);
    }
}
