namespace Plumbline.Testing.Api;

/// <summary>What a client knows of whoever it is signed in as.</summary>
public static class Person
{
    /// <summary>Their own id.</summary>
    public static async Task<string> MeAsync(this IApiClient person) => (await person.QueryAsync("{ viewer { user { id } } }")).Text("viewer.user.id");
}
