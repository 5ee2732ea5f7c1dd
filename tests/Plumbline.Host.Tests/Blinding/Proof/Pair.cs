namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>Something that a caller can tell the two worlds of a pair apart by.</summary>
internal sealed record Leak(int Seed, Difference Difference, string Caller, Question Question, string First, string Second)
{
    /// <summary>The seed, the request, and both answers from a little before where they part.</summary>
    public override string ToString()
    {
        const int before = 80, shown = 240;
        var same = First.Zip(Second).TakeWhile(c => c.First == c.Second).Count();
        string Part(string answer) => answer[Math.Max(0, same - before)..Math.Min(answer.Length, same + shown)];
        return $"seed {Seed} ({Difference}), {Caller} asks {Question.About}:\n  {Question.Template}\n  …{Part(First)}\n  …{Part(Second)}";
    }
}

/// <summary>The two worlds of a plan, and what callers are asked in them.</summary>
internal sealed class Pair(Plan plan, Site first, Site second, IReadOnlyList<Question> questions)
{
    /// <summary>Keys of the readers, and one of nobody.</summary>
    private static readonly string[] Keys = ["key of a developer", "key of an admin", "key of an owner", "key of nobody"];

    /// <summary>Those who may read traces.</summary>
    private static readonly string[] Watchers = ["SME", "DEVELOPER", "ADMIN", "OWNER", "key of a developer", "key of nobody"];

    public static IEnumerable<string> Callers => Cast.Readers.Concat(Keys);

    public Plan Plan => plan;

    public IReadOnlyList<Site> Sites => [first, second];

    /// <summary>What a caller asks of it: drawn requests, those that change something last.</summary>
    public IEnumerable<Question> Of(string caller, bool all) =>
        (all ? questions : new Draw(plan.Seed, caller).Some(questions, Seeds.RequestsPerCaller)).OrderBy(q => q.IsChange);

    /// <summary>What is asked of every pair once, by somebody who is drawn: what takes long, and what is no GraphQL.</summary>
    public IEnumerable<(string Caller, Question Question)> OnceEach()
    {
        foreach (var question in questions.Where(q => q.IsWatching)) yield return (new Draw(plan.Seed, question.Template).Of(Watchers), question);
        foreach (var route in Routes.Asked) yield return (new Draw(plan.Seed, route).Of([.. Callers]), new Question(Routes.About, route));
    }

    /// <summary>Asks in both worlds, and tells of the answers that differ and of those that a well-formed request may not get.</summary>
    public async Task<Leak?> AskAsync(Cast cast, string caller, Question question, bool isLogged = false)
    {
        var name = isLogged ? GateLog.NameOf(plan.Seed, caller, question) : null;
        var answers = await Task.WhenAll(Sites.Select(s => Answers.ToAsync(ClientOf(cast, s, caller), question, s, name)));
        if (answers[0] != answers[1]) return new Leak(plan.Seed, plan.Difference, caller, question, answers[0], answers[1]);
        return answers[0].Contains("\"INTERNAL\"", StringComparison.Ordinal)
            || (answers[0].Contains("\"BAD_USER_INPUT\"", StringComparison.Ordinal) && !question.IsChange)
            ? new Leak(plan.Seed, plan.Difference, caller, question, answers[0], "not well asked")
            : null;
    }

    private static HttpClient ClientOf(Cast cast, Site site, string caller) => Keys.Contains(caller) ? site.Keys[caller] : cast[caller];
}
