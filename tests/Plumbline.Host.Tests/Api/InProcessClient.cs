using System.Text.Json;
using Plumbline.Testing.Api;

namespace Plumbline.Host.Tests.Api;

/// <summary>A client of the server in this process as tests of the API take it.</summary>
internal sealed record InProcessClient(HttpClient Http) : IApiClient
{
    public Task<JsonElement> QueryAsync(string document, object? variables = null) => InProcessServer.AskAsync(Http, document, variables);
}
