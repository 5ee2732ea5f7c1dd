using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Plumbline.Testing.Api;

namespace Plumbline.Testing;

/// <summary>One browser or one script that talks to a server: with its own cookies, or with an API key.</summary>
public sealed class ServerClient : IApiClient, IDisposable
{
    private readonly HttpClient _http;
    private readonly CookieContainer _cookies;

    private ServerClient(Uri url, CookieContainer? cookies = null)
    {
        _cookies = cookies ?? new CookieContainer();
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = url };
        _http.DefaultRequestHeaders.Accept.ParseAdd("application/graphql-response+json, application/json;q=0.9");
    }

    /// <summary>A browser: keeps cookies and sends the header against cross-site requests.</summary>
    public static ServerClient Browser(ServerProcess server) => Browser(server.Url);

    /// <inheritdoc cref="Browser(ServerProcess)"/>
    public static ServerClient Browser(Uri url)
    {
        var client = new ServerClient(url);
        client._http.DefaultRequestHeaders.Add("x-plumbline-csrf", "1");
        return client;
    }

    /// <summary>The same browser, with its cookies, at a server that was started anew.</summary>
    public ServerClient At(ServerProcess server) => At(server.Url);

    /// <summary>The same browser, with its cookies, at another address.</summary>
    public ServerClient At(Uri url)
    {
        var client = new ServerClient(url, _cookies);
        client._http.DefaultRequestHeaders.Add("x-plumbline-csrf", "1");
        return client;
    }

    /// <summary>A browser page of another site: the cookies go along, the header cannot.</summary>
    public static ServerClient Plain(ServerProcess server) => new(server.Url);

    /// <summary>A script with an API key.</summary>
    public static ServerClient Script(ServerProcess server, string apiKey) => Script(server.Url, apiKey);

    /// <inheritdoc cref="Script(ServerProcess, string)"/>
    public static ServerClient Script(Uri url, string apiKey)
    {
        var client = new ServerClient(url);
        client._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        return client;
    }

    /// <summary>The browser of the first owner.</summary>
    public static async Task<ServerClient> OwnerAsync(ServerProcess server, string email = "ann@example.com", string organization = "Acme")
    {
        var browser = Browser(server);
        var form = new { token = server.OwnerToken, name = "Ann", email, password = "correct horse", organization };
        using var answer = await browser.PostAsync("/signin/link", form);
        if (answer.StatusCode != HttpStatusCode.NoContent) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        return browser;
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body) => _http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);

    public Task<HttpResponseMessage> PostAsync(string path, HttpContent body) => _http.PostAsync(new Uri(path, UriKind.Relative), body);

    /// <summary>A GraphQL request whose answer is an event stream, not yet read.</summary>
    public Task<HttpResponseMessage> ListenAsync(HttpContent body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/graphql", UriKind.Relative)) { Content = body };
        request.Headers.Accept.ParseAdd("text/event-stream");
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>The text of an answer that has to be OK.</summary>
    public Task<string> ReadAsync(string path) => _http.GetStringAsync(new Uri(path, UriKind.Relative));

    public async Task<JsonElement> GetJsonAsync(string path) => await _http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    /// <summary>The whole answer to a GraphQL request, errors included, as text.</summary>
    public async Task<string> QueryTextAsync(string document, object? variables = null)
    {
        using var answer = await PostAsync("/graphql", new { query = document, variables });
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The data of a GraphQL request that has to succeed.</summary>
    public async Task<JsonElement> QueryAsync(string document, object? variables = null)
    {
        var text = await QueryTextAsync(document, variables);
        var answer = JsonDocument.Parse(text).RootElement;
        return answer.TryGetProperty("errors", out _) ? throw new InvalidOperationException(text) : answer.GetProperty("data");
    }

    /// <summary>The code of the first error of a GraphQL request that has to fail.</summary>
    public async Task<string> ErrorCodeAsync(string document, object? variables = null)
    {
        var text = await QueryTextAsync(document, variables);
        var answer = JsonDocument.Parse(text).RootElement;
        return answer.TryGetProperty("errors", out var errors)
            ? errors[0].Text("extensions.code")
            : throw new InvalidOperationException("It succeeded: " + text);
    }

    public void Dispose() => _http.Dispose();
}
