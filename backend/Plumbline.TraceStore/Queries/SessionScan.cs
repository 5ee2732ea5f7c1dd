namespace Plumbline.TraceStore;

/// <summary>Answers <see cref="SessionQuery"/>.</summary>
internal static class SessionScan
{
    public static async ValueTask<SessionPage> RunAsync(IReadOnlyList<SegmentView> views, SessionQuery query, SpanStoreOptions options, CancellationToken cancellationToken)
    {
        TraceScan.Check(query.First, options);
        var sessions = await GatherAsync(views, query, cancellationToken).ConfigureAwait(false);
        var ordered = sessions.OrderByDescending(s => s.Last).ThenBy(s => s.Id, StringComparer.Ordinal).AsEnumerable();
        if (query.After is { } after)
        {
            var (lastSeen, id) = Cursor.ParseSession(after);
            ordered = ordered.Where(s => s.Last < lastSeen || (s.Last == lastSeen && string.CompareOrdinal(s.Id, id) > 0));
        }
        var page = ordered.Take(query.First + 1).ToArray();
        return new SessionPage([.. page.Take(query.First).Select(s => new SessionHit(s.Summary(), Cursor.FormatSession(s.Last, s.Id)))], page.Length > query.First);
    }

    private static async ValueTask<List<Session>> GatherAsync(IReadOnlyList<SegmentView> views, SessionQuery query, CancellationToken cancellationToken)
    {
        var ids = new Utf8Interner();
        var sessions = new List<Session>();
        var fields = new FieldSet();
        TracePlan.Fields(query.Where, ref fields);
        foreach (var view in views)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!view.Overlaps(query.Where?.Range)) continue;
            await view.LoadAsync(fields, cancellationToken).ConfigureAwait(false);
            var test = await TracePlan.BuildAsync(query.Where, view, cancellationToken).ConfigureAwait(false);
            var rows = (await Scope.TracesAsync(view, query.Exclude, cancellationToken).ConfigureAwait(false)).And(test.Upper);
            await GatherAsync(view, rows, test, ids, sessions, cancellationToken).ConfigureAwait(false);
        }
        return sessions;
    }

    private static async ValueTask GatherAsync(SegmentView view, Bitmap rows, RowTest test, Utf8Interner ids, List<Session> sessions, CancellationToken cancellationToken)
    {
        var column = view.Column(TraceCode.Session);
        var known = new Dictionary<int, Session>();
        for (var trace = 0; trace < rows.Length; trace++)
        {
            var code = rows[trace] ? column[trace] : 0;
            if (code == 0 || !(test.IsExact || await test.PassesAsync(trace, cancellationToken).ConfigureAwait(false))) continue;
            if (!known.TryGetValue(code, out var session)) known[code] = session = SessionOf(column.Values, code, ids, sessions);
            session.Add(view, trace);
        }
    }

    private static Session SessionOf(Utf8Dictionary values, int code, Utf8Interner ids, List<Session> sessions)
    {
        var index = ids.Intern(values[code]) - 1;
        if (index == sessions.Count) sessions.Add(new Session(values.Text(code)!));
        return sessions[index];
    }

    private sealed class Session(string id)
    {
        private long _first = long.MaxValue;
        private long _userSeen = long.MinValue;
        private string? _user;
        private int _traces;
        private long? _cost;
        private TokenSums _tokens;

        public string Id => id;

        public long Last { get; private set; } = long.MinValue;

        public void Add(SegmentView view, int trace)
        {
            var start = view.Column(TraceNumber.Start)[trace];
            _first = Math.Min(_first, start);
            Last = Math.Max(Last, start);
            _traces++;
            _tokens = StatsRow.Sum(_tokens, Summaries.Tokens(view, trace));
            if (Summaries.Known(view.Column(TraceNumber.Cost)[trace]) is { } cost) _cost = (_cost ?? 0) + cost;
            var users = view.Column(TraceCode.User);
            if (users[trace] == 0 || start < _userSeen) return;
            var user = users.Values.Text(users[trace])!;
            // Of two users at the same moment the same one is named every time.
            if (start == _userSeen && string.CompareOrdinal(user, _user) <= 0) return;
            (_userSeen, _user) = (start, user);
        }

        public SessionSummary Summary() => new(id, _user, _first, Last, _traces, _tokens, _cost);
    }
}
