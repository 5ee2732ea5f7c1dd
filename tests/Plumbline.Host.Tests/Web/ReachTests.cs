using System.Net;
using System.Net.Http.Json;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Web;

/// <summary>What the server believes about who asks, by which name, and over what: itself, and behind a proxy with TLS.</summary>
public sealed class ReachTests(ReachTests.Servers servers) : IClassFixture<ReachTests.Servers>
{
    private const string Public = "plumbline.example.com";
    private readonly ServerProcess _plain = servers.Plain;
    private readonly ServerProcess _behind = servers.Behind;

    /// <summary>One that was told nothing, and one behind a proxy with TLS.</summary>
    public sealed class Servers : IAsyncLifetime
    {
        public ServerProcess Plain { get; private set; } = null!;

        public ServerProcess Behind { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Plain = await StartAsync();
            Behind = await StartAsync(("PLUMBLINE_PUBLIC_URL", $"https://{Public}"), ("PLUMBLINE_TRUSTED_PROXIES", "127.0.0.1, ::1"));
        }

        public async ValueTask DisposeAsync()
        {
            await Plain.DisposeAsync();
            await Behind.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/signin")]
    [InlineData("/signin/state")]
    [InlineData("/graphql")]
    [InlineData("/graphql/schema.graphql")]
    [InlineData("/metrics")]
    [InlineData("/assets/a.js")]
    [InlineData("/v1")]
    [InlineData("/nothing")]
    public async Task Request_ForANameOfAnotherSite_IsRefused(string path)
    {
        foreach (var host in new[] { "evil.test", "evil.test:5080", "localhost.evil.test", "127.0.0.1.evil.test" })
            foreach (var server in new[] { _plain, _behind })
            {
                using var answer = await SendAsync(server, path, host);
                Assert.Equal((host, HttpStatusCode.BadRequest), (host, answer.StatusCode));
                Assert.Contains("--allowed-hosts", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }
    }

    [Theory]
    [InlineData("/signin/state", "localhost", HttpStatusCode.OK)]
    [InlineData("/signin/state", "LOCALHOST:5080", HttpStatusCode.OK)]
    [InlineData("/signin/state", "[::1]:5080", HttpStatusCode.OK)]
    [InlineData("/signin/state", "192.0.2.7:5080", HttpStatusCode.OK)]
    [InlineData("/metrics", "localhost", HttpStatusCode.OK)]
    [InlineData("/healthz/ready", "plumbline", HttpStatusCode.OK)]
    [InlineData("/healthz/live", "10.1.2.3", HttpStatusCode.OK)]
    [InlineData("/v1/traces", "host.docker.internal:4318", HttpStatusCode.NotFound)]
    public async Task Request_ByANameOfThisMachine_OrOfASenderOrAProbe_IsServed(string path, string host, HttpStatusCode status)
    {
        using var answer = await SendAsync(_plain, path, host);
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Names_ThatWereAllowed_AreServed()
    {
        await using var server = await StartAsync(("PLUMBLINE_ALLOWED_HOSTS", "plumbline.lan,*.internal.example"));
        foreach (var (host, status) in new[]
        {
            ("plumbline.lan", HttpStatusCode.OK), ("a.internal.example", HttpStatusCode.OK), ("internal.example", HttpStatusCode.BadRequest),
            (Public, HttpStatusCode.BadRequest),
        })
        {
            using var answer = await SendAsync(server, "/signin/state", host);
            Assert.Equal(status, answer.StatusCode);
        }
        using var known = await SendAsync(_behind, "/signin/state", Public);
        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "198.51.100.1")]
    [InlineData("X-Forwarded-Host", "a")]
    [InlineData("Forwarded", "for=198.51.100.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("X-Real-IP", "198.51.100.1")]
    [InlineData("CF-Connecting-IP", "198.51.100.1")]
    [InlineData("True-Client-IP", "198.51.100.1")]
    [InlineData("X-Original-For", "198.51.100.1")]
    public async Task Metrics_ThroughAProxy_AreNotThoseOfThisMachine(string header, string value)
    {
        using var answer = await SendAsync(_plain, "/metrics", "localhost", (header, value));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    /// <summary>nginx passes its own name for the server on, unless it is told otherwise.</summary>
    [Theory]
    [InlineData(Public)]
    [InlineData("127.0.0.1:5080")]
    public async Task Cookies_BehindTls_AreOfThisHostAlone_AndTheBrowserIsToldToStayWithIt(string host)
    {
        using var answer = await SignInAsync(_behind, RunningServer.Password, ("X-Forwarded-For", "198.51.100.1"), ("Host", host));
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var cookies = answer.Headers.GetValues("Set-Cookie").ToArray();
        Assert.Equal(["__Host-plumbline_device", "__Host-plumbline_session"], cookies.Select(c => c.Split('=')[0]).Order());
        Assert.All(cookies, c => Assert.Contains("; secure; samesite=lax; httponly", c, StringComparison.OrdinalIgnoreCase));
        Assert.All(cookies, c => Assert.Contains("path=/;", c, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        var session = cookies.Single(c => c.Contains("session", StringComparison.Ordinal)).Split(';')[0];
        Assert.Contains("\"signedIn\":true", await StateAsync(session), StringComparison.Ordinal);
        Assert.Contains("\"signedIn\":false", await StateAsync(session["__Host-".Length..]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_WhereNothingIsSaid_AreSecureOffLoopback_AndNoHstsIsSent()
    {
        using var local = await SignInAsync(_plain, RunningServer.Password);
        Assert.All(local.Headers.GetValues("Set-Cookie"), c => Assert.DoesNotContain("secure", c, StringComparison.OrdinalIgnoreCase));
        using var remote = await SignInAsync(_plain, RunningServer.Password, ("Host", "192.0.2.7"));
        Assert.All(remote.Headers.GetValues("Set-Cookie"), c => Assert.Contains("secure", c, StringComparison.OrdinalIgnoreCase));
        Assert.False(remote.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Cookies_InANetworkThatIsSaidToBeSafe_WorkWithoutTls()
    {
        await using var server = await StartAsync(("PLUMBLINE_INSECURE_HTTP", "allow"));
        using var remote = await SignInAsync(server, RunningServer.Password, ("Host", "192.0.2.7"));
        Assert.All(remote.Headers.GetValues("Set-Cookie"), c => Assert.DoesNotContain("secure", c, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task SignIn_BehindATrustedProxy_IsLimitedByTheTrueClient()
    {
        await using var server = await StartAsync(("PLUMBLINE_TRUSTED_PROXIES", "127.0.0.0/8"), ("PLUMBLINE_ACCESS__SIGN_IN_REQUESTS_PER_MINUTE", "2"));
        Assert.Equal("401 401 429", await StatusesAsync(server, "198.51.100.1", "198.51.100.1", "198.51.100.1"));
        Assert.Equal("401 401 429", await StatusesAsync(server, "9.9.9.9, 198.51.100.2", "8.8.8.8, 198.51.100.2", "198.51.100.2"));
        Assert.Equal("401 401 429", await StatusesAsync(server, "2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:3::4"));
    }

    [Theory]
    [InlineData("PLUMBLINE_TRUSTED_PROXIES", "10.0.0.0/8")]
    [InlineData("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true")]
    public async Task SignIn_BehindAProxyThatNobodyTrusts_IsLimitedByTheProxy_AndTheOperatorIsTold(string setting, string value)
    {
        await using var server = await StartAsync((setting, value), ("PLUMBLINE_ACCESS__SIGN_IN_REQUESTS_PER_MINUTE", "2"));
        Assert.Equal("401 401 429", await StatusesAsync(server, "198.51.100.1", "198.51.100.2", "198.51.100.3"));
        if (setting.StartsWith("ASPNETCORE", StringComparison.Ordinal)) await server.PrintedAsync("Requests come through a proxy at ");
    }

    [Fact]
    public async Task Audit_TellsTheTrueClient()
    {
        using var http = new HttpClient { BaseAddress = _behind.Url };
        using var signedIn = await SignInAsync(_behind, RunningServer.Password);
        var session = signedIn.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).Single(c => c.Contains("session", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new
            {
                query = "mutation { createOrganization(input: { name: \"Seen\" }) { organization { auditLog(first: 5) { nodes { ip } } } } }",
            }),
        };
        foreach (var (name, value) in new[] { ("Cookie", session), ("x-plumbline-csrf", "1"), ("X-Forwarded-For", "6.6.6.6, 198.51.100.77") })
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"ip\":\"198.51.100.77\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ForOtherMachinesWithoutTls_IsRefused_AndSaysWhatToDo()
    {
        var (exitCode, output) = await ServerProcess.RunToEndAsync(["--listen", "any", "--port", "0", "--otlp-grpc-port", "0", "--otlp-http-port", "0"]);
        Assert.Equal(2, exitCode);
        Assert.Contains("--public-url (PLUMBLINE_PUBLIC_URL)", output, StringComparison.Ordinal);
        Assert.Contains("--insecure-http allow", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnerLink_LeadsToThePublicAddress()
    {
        var environment = new Dictionary<string, string> { ["PLUMBLINE_PUBLIC_URL"] = $"https://{Public}:8443" };
        await using var server = await ServerProcess.StartAsync(environment: environment);
        Assert.Contains($"https://{Public}:8443/signin/link/", server.Output, StringComparison.Ordinal);
    }

    private static Task<ServerProcess> StartAsync(params (string Name, string Value)[] settings) =>
        ServerProcess.StartAsync(environment: RunningServer.FirstRun.Concat(settings.Select(s => KeyValuePair.Create(s.Name, s.Value))).ToDictionary());

    private static async Task<string> StatusesAsync(ServerProcess server, params string[] clients)
    {
        var statuses = new List<int>();
        foreach (var client in clients)
        {
            using var answer = await SignInAsync(server, "wrong password", ("X-Forwarded-For", client));
            statuses.Add((int)answer.StatusCode);
        }
        return string.Join(' ', statuses);
    }

    private async Task<string> StateAsync(string cookie)
    {
        using var answer = await SendAsync(_behind, "/signin/state", Public, ("Cookie", cookie));
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static Task<HttpResponseMessage> SignInAsync(ServerProcess server, string password, params (string Name, string Value)[] headers) =>
        SendAsync(server, HttpMethod.Post, "/signin/password", JsonContent.Create(new { email = "ann@example.com", password }), headers);

    private static Task<HttpResponseMessage> SendAsync(ServerProcess server, string path, string host, params (string Name, string Value)[] headers) =>
        SendAsync(server, HttpMethod.Get, path, null, [.. headers, ("Host", host)]);

    private static async Task<HttpResponseMessage> SendAsync(
        ServerProcess server, HttpMethod method, string path, HttpContent? body, (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(method, new Uri(server.Url, path)) { Content = body };
        request.Headers.Add("x-plumbline-csrf", "1");
        foreach (var (name, value) in headers)
        {
            if (name == "Host") request.Headers.Host = value;
            else request.Headers.TryAddWithoutValidation(name, value);
        }
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
