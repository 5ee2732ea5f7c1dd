using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Which gates were asked while which requests were answered: a request that asks a gate nothing cannot tell that it is gone.</summary>
internal sealed class GateLog : IStartupFilter
{
    /// <summary>The header that names a request.</summary>
    public const string Header = "x-asked";

    private static readonly AsyncLocal<string?> Request = new();
    private readonly ConcurrentDictionary<Type, ConcurrentDictionary<string, bool>> _asked = new();

    /// <summary>Whether the request that is answered here has a name.</summary>
    public static bool IsOn => Request.Value is not null;

    public static string NameOf(int seed, string caller, Question question) => $"{seed} {caller} {question.About}";

    public void Note(Type gate) => _asked.GetOrAdd(gate, _ => new())[Request.Value!] = true;

    public IReadOnlySet<string> Of(Type? gate) =>
        gate is not null && _asked.TryGetValue(gate, out var requests) ? requests.Keys.ToHashSet(StringComparer.Ordinal) : new HashSet<string>();

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (http, rest) =>
        {
            Request.Value = http.Request.Headers.TryGetValue(Header, out var name) ? name.ToString() : null;
            await rest(http);
        });
        next(app);
    };
}
