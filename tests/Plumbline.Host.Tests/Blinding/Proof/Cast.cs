using Plumbline.Host.Tests.Api;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>The people of all worlds: an owner who sets up, colleagues who judge and others who talk, and a reader in each role that can be
/// given work.</summary>
internal sealed class Cast : IDisposable
{
    public static readonly string[] Roles = ["REVIEWER", "SME", "DEVELOPER", "ADMIN", "OWNER"];
    private readonly Dictionary<string, HttpClient> _people = [];
    private readonly Dictionary<string, string> _ids = [];

    public HttpClient Owner { get; private init; } = null!;

    public HttpClient this[string name] => _people[name];

    public string IdOf(string name) => _ids[name];

    public IEnumerable<string> ReaderIds => Roles.Select(IdOf);

    /// <summary>Names of who reads, apart from keys.</summary>
    public static IEnumerable<string> Readers => Roles;

    public static async Task<Cast> JoinAsync(InProcessServer server)
    {
        var cast = new Cast { Owner = server.Owner };
        foreach (var (name, role) in Roles.Select(r => (r, r)).Concat([
            ("bob", "SME"), ("cat", "SME"), ("eve", "SME"), ("fay", "SME"), ("dan", "DEVELOPER")
        ]))
        {
            var browser = await server.JoinAsync($"{name.ToLowerInvariant()}@example.com", role);
            cast._people.Add(name, browser);
            var viewer = await InProcessServer.AskAsync(browser, "{ viewer { user { id } } }");
            cast._ids.Add(name, viewer.Text("viewer.user.id"));
        }
        return cast;
    }

    public void Dispose()
    {
        foreach (var person in _people.Values) person.Dispose();
    }
}
