# SPDX-License-Identifier: Apache-2.0
"""One poster in each of many languages: headline, punchline and action as somebody who sells there would write them.

Those without ``sample`` are written in letters that the packaged fonts have. The others need a font of the system: they
name a ``sample`` of the script and the Debian ``package`` that brings it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Poster:
    """``code`` is the language's BCP 47 tag. ``cased`` says whether its script has capitals."""

    code: str
    headline: str
    punchline: str
    action: str
    rtl: bool = False
    cased: bool = True
    sample: str = ""
    package: str = ""


PACKAGED: tuple[Poster, ...] = (
    Poster("en", "Wake up to the sound of the sea", "Three nights in a cottage by the shore, from £190.", "Book a stay"),
    Poster("de", "Endlich wieder gut schlafen", "Matratzen aus Naturlatex, 100 Nächte zur Probe, ab 399 €.", "Jetzt testen"),
    Poster("fr", "Le pain, comme à la maison", "Levain naturel, cuisson au feu de bois : dès 6 h, à deux pas de chez vous.", "Je commande"),
    Poster("es", "¿Y si cenamos en la azotea?", "Menú de temporada y vistas a toda la ciudad por 28 €.", "Reservar mesa"),
    Poster("pt", "O verão começa na sua varanda", "Móveis de exterior com 20 % de desconto até 31 de julho.", "Ver a coleção"),
    Poster("it", "Il caffè che ti mette d’accordo con il lunedì", "Tostato a mano a Trieste, consegnato in 48 ore.", "Assaggialo"),
    Poster("nl", "Fietsen zonder omkijken", "Een nieuwe stadsfiets met service aan huis, vanaf € 29 per maand.", "Maak een proefrit"),
    Poster("sv", "Hösten smakar bäst hemma", "Lådan med närodlat från åtta gårdar i Skåne, 349 kr.", "Beställ i dag"),
    Poster("da", "Lys nok til hele vinteren", "Håndlavede lamper fra et lille værksted på Fyn.", "Se lamperne"),
    Poster("nb", "Ut på tur, aldri sur", "Ullklær som holder deg varm fra fjæra til fjellet, nå 30 % rimeligere.", "Finn din størrelse"),
    Poster("nn", "Kjenn vinden på Vestlandet", "Ei helg i naustet, med båt og nytrekt fisk.", "Bestill no"),
    Poster("fi", "Löylyt odottavat järven rannalla", "Viikonloppu hirsimökissä kahdelle, alkaen 220 €.", "Varaa mökki"),
    Poster("is", "Heitur pottur undir norðurljósum", "Þrjár nætur í sveitinni fyrir tvo.", "Bóka núna"),
    Poster("et", "Sügis Saaremaa mändide all", "Kolm päeva metsamajas, hommikusöök hinna sees.", "Broneeri kohe"),
    Poster("lv", "Rīts sākas ar īstu rupjmaizi", "Cepta malkas krāsnī pēc vecmāmiņas receptes.", "Pasūtīt tagad"),
    Poster("lt", "Šiltas švarkas šaltam rytui", "Lietuviška vilna, pasiūta Kaune, nuo 89 €.", "Išsirink savo"),
    Poster("pl", "Zapach świeżej kawy w całym domu", "Palimy w małych partiach i wysyłamy w ciągu 24 h, od 39 zł.", "Zamów teraz"),
    Poster("cs", "Víkend v horách bez starostí", "Dvě noci s polopenzí a vstupem do sauny za 2 990 Kč.", "Rezervovat pobyt"),
    Poster("sk", "Čerstvý chlieb každé ráno", "Z kvásku a z múky od mlynára z Oravy.", "Objednať"),
    Poster("hu", "Őszi séta a szőlők között", "Borkóstoló öt pincében, kóstolójegy 4 900 Ft.", "Jegyet kérek"),
    Poster("ro", "Acasă miroase a cozonac", "Frământat cu răbdare și copt în cuptor cu lemne, la numai 45 de lei.", "Comandă acum"),
    Poster("hr", "More je bliže nego što misliš", "Sedam noći na Visu, već od 420 €.", "Rezerviraj"),
    Poster("sl", "Čas za gore, čas zase", "Koča ob jezeru, zajtrk in mir, dve noči za 180 €.", "Preveri termine"),
    Poster("sq", "Një fundjavë në bregdet", "Dhomë me pamje nga deti dhe mëngjes për dy.", "Rezervo tani"),
    Poster("bs", "Kahva kao u Sarajevu", "Mljevena jutros, na tvom stolu već sutra.", "Naruči"),
    Poster("ca", "L’oli nou ja és aquí", "Collit a mà i premsat el mateix dia, 12 € l’ampolla.", "El vull tastar"),
    Poster("gl", "O mar, no prato e na mesa", "Peixe fresco da lonxa cada mañá.", "Facer un pedido"),
    Poster("eu", "Mendia etxe ondoan duzu", "Gidatutako ibilaldiak larunbatero, taldean eta lasai.", "Eman izena"),
    Poster("ga", "Tae te cois na tine", "Teach beag cois farraige ar feadh trí oíche.", "Cuir in áirithe"),
    Poster("cy", "Penwythnos ger y môr", "Bwthyn i ddau gyda brecwast cynnes bob bore.", "Archebwch nawr"),
    Poster("mt", "Ħobż frisk kull filgħodu", "Mill-forn ta’ Ħal Qormi sal-mejda tiegħek.", "Ordna issa"),
    Poster("tr", "Güne taze çekilmiş kahveyle başla", "İlk siparişte %20 indirim, kargo bizden.", "Hemen sipariş ver"),
    Poster("az", "Çayın ən gözəl vaxtı", "Lənkəran bağlarından, süfrənizə qədər.", "İndi sifariş et"),
    Poster("id", "Pagi yang tenang di tepi sawah", "Menginap dua malam mulai Rp 900.000, sudah dengan sarapan.", "Pesan sekarang"),
    Poster("ms", "Rasa kampung di tengah kota", "Masakan ibu dihantar panas ke pintu anda.", "Tempah sekarang"),
    Poster("fil", "Kape na may kuwento", "Mula sa mga magsasaka ng Benguet, bagong sangag linggo-linggo.", "Umorder na"),
    Poster("sw", "Asubuhi njema huanza na chai", "Majani bora kutoka milima ya Kenya.", "Agiza sasa"),
    Poster("af", "Kom kuier in die Karoo", "Drie nagte op ’n plaas onder ’n miljoen sterre.", "Bespreek nou"),
    Poster("vi", "Một tách trà cho buổi sáng thảnh thơi", "Búp trà hái tay từ Thái Nguyên, giao tận nhà chỉ 120.000 ₫.", "Đặt hàng ngay"),
    Poster("yo", "Oúnjẹ ilé, adùn ọkàn", "A máa gbé e wá sí ẹnu ọ̀nà rẹ.", "Ra báyìí"),
    Poster("eo", "Ĉiu vojaĝo komenciĝas per paŝo", "Ŝuoj por longaj vojoj, faritaj en Eŭropo.", "Elektu vian paron"),
    Poster("el", "Καλοκαίρι με θέα το Αιγαίο", "Επτά βράδια στη Νάξο από 540 €, με πρωινό.", "Κράτηση τώρα"),
    Poster("ru", "Утро начинается с тишины", "Дом у озера на выходные, от 7 900 ₽ за ночь.", "Забронировать"),
    Poster("uk", "Їжа, яка пахне дитинством", "Борщ і пампушки з доставкою за 45 хв, від 180 грн.", "Замовити обід"),
    Poster("be", "Лён, у якім лёгка дыхаць", "Пасцельная бялізна з Оршы, зробленая на гады.", "Выбраць колер"),
    Poster("bg", "Розите цъфтят веднъж в годината", "Уикенд в Казанлък с дегустация на розово сладко за 120 лв.", "Запази място"),
    Poster("sr", "Викенд на Тари за двоје", "Две ноћи у брвнари, доручак и шума до прозора.", "Резервиши"),
    Poster("mk", "Вкусот на есента е тука", "Домашен ајвар од печени пиперки, без ништо вишок.", "Нарачај веднаш"),
    Poster("kk", "Таза ауада бір түн", "Шарын шатқалында киіз үйде қонып көріңіз, 25 000 ₸.", "Орын алу"),
    Poster("mn", "Тал нутгийн тайван шөнө", "Гэрт хоноод оддыг ширтээрэй.", "Захиалах"),
    Poster("ar", "قهوتك الصباحية كما تحبها", "حبوب محمصة اليوم تصلك غدًا، خصم 25% على أول طلب.", "اطلب الآن", rtl=True, cased=False),
    Poster("fa", "یک شب آرام در دل کویر", "اقامت برای دو نفر با صبحانه، فقط ۹۸۰ هزار تومان.", "رزرو کنید", rtl=True, cased=False),
    Poster("ur", "گھر جیسا ذائقہ، ہر روز", "تازہ کھانا آپ کے دروازے پر، صرف 450 روپے میں۔", "ابھی منگوائیں", rtl=True, cased=False),
    Poster("ps", "د سهار تازه چای", "د غرونو له باغونو ستاسو تر کوره.", "اوس یې وغواړئ", rtl=True, cased=False),
    Poster("hi", "सुबह की चाय, पहाड़ों के साथ", "दो रातें नाश्ते सहित, सिर्फ़ 3,499 रुपये में।", "अभी बुक करें", cased=False),
    Poster("mr", "घरच्या चवीचे जेवण रोज", "गरम डबा दुपारी एकच्या आत तुमच्या दारात.", "आजच मागवा", cased=False),
    Poster("ne", "हिमालको काखमा दुई रात", "बिहानको खाजासहित दुई जनाका लागि।", "अहिले बुक गर्नुहोस्", cased=False),
    Poster("th", "เช้านี้เริ่มต้นด้วยกาแฟดี ๆ สักแก้ว", "คั่วสดใหม่ทุกวัน ส่งฟรีทั่วกรุงเทพฯ เริ่มต้น 120 บาท", "สั่งซื้อเลย", cased=False),
)  # fmt: skip

CJK, CORE, EMOJI = "fonts-noto-cjk", "fonts-noto-core", "fonts-noto-color-emoji"
SYSTEM: tuple[Poster, ...] = (
    Poster("ja", "朝いちばんの、静かな海へ。", "一泊二食付き、おひとり様14,800円から。「何もしない」を楽しむ週末。", "空室を確認する", cased=False, sample="海", package=CJK),
    Poster("zh-Hans", "把周末还给自己", "山里的两天一夜，含早餐，每人仅需 399 元起。", "立即预订", cased=False, sample="预", package=CJK),
    Poster("zh-Hant", "讓每個早晨都有好咖啡", "新鮮烘焙，當天出貨，首次訂購享 85 折優惠。", "馬上訂購", cased=False, sample="讓", package=CJK),
    Poster("ko", "바다 앞에서 맞는 아침", "조식 포함 2박, 1인 129,000원부터. 이번 달까지만 만나보세요.", "지금 예약하기", cased=False, sample="한", package=CJK),
    Poster("he", "בוקר טוב מתחיל בלחם טרי", "נאפה בתנור אבן ומגיע אליכם עד 7:30, ב־24 ₪ בלבד.", "להזמנה", rtl=True, cased=False, sample="ש", package=CORE),
    Poster("yi", "אַ גוטער טאָג הייבט זיך אָן דאָ", "פֿריש ברויט יעדן פֿרימאָרגן.", "באַשטעלט איצט", rtl=True, cased=False, sample="אַ", package=CORE),
    Poster("bn", "সকালের চায়ে পাহাড়ের গন্ধ", "দার্জিলিংয়ের বাগান থেকে সরাসরি আপনার ঘরে।", "এখনই কিনুন", cased=False, sample="চ", package=CORE),
    Poster("ta", "காலை காபியின் மணம்", "இன்று வறுத்தது, நாளை உங்கள் வீட்டில்.", "இப்போதே வாங்குங்கள்", cased=False, sample="க", package=CORE),
    Poster("te", "ఇంటి రుచి, ప్రతి రోజూ", "వేడి భోజనం మీ గుమ్మం దగ్గరికే.", "ఇప్పుడే ఆర్డర్ చేయండి", cased=False, sample="క", package=CORE),
    Poster("gu", "ઘર જેવો સ્વાદ, રોજ", "ગરમ ભોજન તમારા દરવાજે.", "હમણાં મંગાવો", cased=False, sample="ક", package=CORE),
    Poster("pa", "ਘਰ ਵਰਗਾ ਸੁਆਦ, ਹਰ ਰੋਜ਼", "ਗਰਮ ਖਾਣਾ ਤੁਹਾਡੇ ਦਰਵਾਜ਼ੇ ਤੱਕ।", "ਹੁਣੇ ਮੰਗਵਾਓ", cased=False, sample="ਕ", package=CORE),
    Poster("ka", "დილა მთაში იწყება", "ორი ღამე ყაზბეგში, საუზმით.", "დაჯავშნე ახლა", cased=False, sample="დ", package=CORE),
    Poster("hy", "Առավոտը լեռներում", "Երկու գիշեր Դիլիջանում՝ նախաճաշով։", "Ամրագրել հիմա", sample="Ա", package=CORE),
    Poster("am", "የጠዋት ቡና ከነመዓዛው", "ዛሬ ተቆልቶ ነገ በእጅዎ።", "አሁን ይዘዙ", cased=False, sample="ቡ", package=CORE),
    Poster("en-emoji", "Party 🎉 starts at 8", "Bring the family 👨‍👩‍👧 and the dog 🐶, from $12.", "Join us 👋🏽", sample="🎉", package=EMOJI),
)  # fmt: skip
