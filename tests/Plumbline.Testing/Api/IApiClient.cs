using System.Text.Json;

namespace Plumbline.Testing.Api;

/// <summary>Somebody who asks a server by GraphQL: a browser with its cookies, or a script with a key.</summary>
public interface IApiClient
{
    /// <summary>The data of a request that has to succeed.</summary>
    Task<JsonElement> QueryAsync(string document, object? variables = null);
}
